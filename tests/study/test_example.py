from textinnsikt.study import example_study


def test_example_study_is_as_its_data_card_says() -> None:
    study = example_study()
    contacts = study.contacts
    assert study.source == "eksempelstudie" and study.rejected.empty
    assert len(contacts) == 3300 and contacts["kundesenter"].nunique() == 132
    assert set(contacts.groupby("kundesenter").size()) == {25}
    assert contacts["klasse"].nunique() == 20 and contacts["shopper"].nunique() == 98
    assert not contacts.duplicated(["kundesenter", "shopper"]).any()
    assert study.comment_columns == ("kommentar_1", "kommentar_2", "kommentar_3")
    assert (
        contacts["totalscore"].between(0, 100).all()
        and contacts["dato"].str.match(r"\d{4}-(12|0[1-4])-").all()
    )
    assert {
        f"spm_{name}" for name in ("mottak", "ventetid", "løsning", "avslutning", "totalinntrykk")
    } <= set(study.questions)
