"""Tagging comments that have neither score nor centre."""

import pandas as pd
import pytest

from textinnsikt import InputError
from textinnsikt.cli.tag import tag_file

TEXTS = ["Måtte forklare det samme tre ganger.", "", "Kari på telefon 91 23 45 67 ordna alt."]


@pytest.mark.parametrize("name", ["inn.csv", "inn.xlsx", "inn.parquet", "inn.jsonl"])
def test_comments_alone_are_tagged(tmp_path, name):
    frame = pd.DataFrame({"henvendelse": ["a", "b", "c"], "tekst": TEXTS})
    path = tmp_path / name
    if name.endswith("csv"):
        frame.to_csv(path, index=False, encoding="utf-8")
    elif name.endswith("xlsx"):
        frame.to_excel(path, index=False)
    elif name.endswith("parquet"):
        frame.to_parquet(path)
    else:
        frame.to_json(path, orient="records", lines=True, force_ascii=False)
    tag_file(path, tmp_path / "ut.csv")
    out = pd.read_csv(tmp_path / "ut.csv")
    assert out["henvendelse"].tolist() == ["a", "b", "c"]
    assert out.loc[0, "lytting"] == "negativ"
    assert out.loc[1, ["tekst", "lytting"]].isna().all()
    assert "Kari" not in out.loc[2, "tekst"] and "91 23" not in out.loc[2, "tekst"]


def test_csv_and_parquet_hold_the_same(tmp_path):
    path = tmp_path / "inn.csv"
    pd.DataFrame({"id": range(3), "kommentar_1": TEXTS, "kommentar_2": TEXTS[::-1]}).to_csv(path, index=False)
    tag_file(path, tmp_path / "ut.csv")
    tag_file(path, tmp_path / "ut.parquet")
    one, two = pd.read_csv(tmp_path / "ut.csv"), pd.read_parquet(tmp_path / "ut.parquet")
    assert len(one) == 6
    assert one["lytting"].fillna("").tolist() == two["lytting"].fillna("").tolist()
    assert one["løsning_p_positiv"].fillna(-1).tolist() == two["løsning_p_positiv"].fillna(-1).tolist()


def test_the_result_is_not_overwritten(tmp_path):
    path = tmp_path / "inn.csv"
    pd.DataFrame({"id": [1], "tekst": ["Hei."]}).to_csv(path, index=False)
    (tmp_path / "ut.csv").write_text("mitt", encoding="utf-8")
    with pytest.raises(InputError, match="--force"):
        tag_file(path, tmp_path / "ut.csv")
    assert (tmp_path / "ut.csv").read_text(encoding="utf-8") == "mitt"
    with pytest.raises(InputError, match=r"\.csv eller \.parquet"):
        tag_file(path, tmp_path / "ut.docx")
