from textinnsikt.themes.windows import split_windows

LONG = " ".join(f"Jeg ringte for {n}. gang, og svaret var det samme som sist." for n in range(400))


def test_a_short_text_is_one_window(embedded):
    assert split_windows("Hun hørte etter.", embedded[1], 256) == ["Hun hørte etter."]


def test_a_long_text_loses_nothing(embedded):
    tokenizer = embedded[1]
    windows = split_windows(LONG, tokenizer, 256)
    assert len(windows) > 10
    assert " ".join(windows).split() == LONG.split()
    assert max(len(tokenizer(window)["input_ids"]) for window in windows) <= 96


def test_a_word_without_end_is_cut(embedded):
    windows = split_windows("æ" * 3000, embedded[1], 64)
    assert "".join(windows) == "æ" * 3000
    assert len(windows) > 1
