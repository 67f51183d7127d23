import pandas as pd

from textinnsikt.scale.joining import join_parts


def test_a_column_that_is_empty_in_one_part_keeps_its_type(tmp_path):
    pd.DataFrame({"id": ["1"], "tekst": [None], "score": [None]}).to_parquet(tmp_path / "0.parquet")
    pd.DataFrame({"id": ["2"], "tekst": ["Hei"], "score": [4.5]}).to_parquet(tmp_path / "1.parquet")
    join_parts([tmp_path / "0.parquet", tmp_path / "1.parquet"], ".parquet", tmp_path / "ut.parquet")
    joined = pd.read_parquet(tmp_path / "ut.parquet")
    assert joined["score"].dtype == float and joined["tekst"].tolist()[1] == "Hei" and joined["tekst"].isna()[0]


def test_the_line_of_headings_comes_once(tmp_path):
    for n in range(3):
        (tmp_path / f"{n}.csv").write_text(f'id,tekst\n{n},"to\nlinjer"\n', encoding="utf-8")
    join_parts([tmp_path / f"{n}.csv" for n in range(3)], ".csv", tmp_path / "ut.csv")
    assert pd.read_csv(tmp_path / "ut.csv").values.tolist() == [[n, "to\nlinjer"] for n in range(3)]
