from textinnsikt.scale.chunk import TextReader


def test_reading_in_processes_gives_the_same():
    texts = ["Kari Nordmann ringte 91 23 45 67.", None, "Storm Strøm svarte.", "The agent was very friendly."] * 5
    alone, beside = TextReader(["Storm Strøm"]), TextReader(["Storm Strøm"], processes=1)
    masked = beside.mask(texts)
    assert masked == alone.mask(texts)
    assert masked[:3] == ["[navn] ringte [telefon].", None, "Storm Strøm svarte."]
    assert beside.detect(texts) == alone.detect(texts) and alone.detect(texts)[3] == "en"
