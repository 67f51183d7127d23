from textinnsikt.scale.chunk import Masker


def test_masking_in_processes_gives_the_same():
    texts = ["Kari Nordmann ringte 91 23 45 67.", None, "Storm Strøm svarte.", "Hei."] * 5
    alone, beside = Masker(["Storm Strøm"]), Masker(["Storm Strøm"], processes=1)
    masked = beside.mask(texts)
    assert masked == alone.mask(texts)
    assert masked[:3] == ["[navn] ringte [telefon].", None, "Storm Strøm svarte."]
