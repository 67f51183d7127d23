"""Words that say nothing of what a comment is about."""

import pytest

from textinnsikt.clusters.topicless import names_contact


@pytest.mark.parametrize(
    "word",
    "chat chatten chatta e-post e-posten epost mail mailen mailane telefon telefonen tlf facebook messenger samtale "
    "samtala samtalane melding meldinga meldingen meldingene henvendelse henvendelsen kontakten førespurnaden".split(),
)
def test_channel_and_contact_in_any_form(word):
    assert names_contact(word)


@pytest.mark.parametrize(
    "word", "telefonkø e-postadresse chatvinduet kø pris ventetid kundenummer telefonnummer".split()
)
def test_words_that_name_something_else(word):
    assert not names_contact(word)
