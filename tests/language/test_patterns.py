from textinnsikt.language.patterns import Span, find_spans, replace_spans, rule

RULES = (
    rule("[a]", r"\d{4}"),
    rule("[b]", r"nr (?P<value>\d+)"),
    rule("[c]", r"x\d", check=lambda match: match[0] != "x1"),
)


def test_earlier_rules_win_and_value_is_what_is_replaced():
    text = "nr 12345 og nr 7"
    assert replace_spans(text, find_spans(text, RULES)) == "nr [a]5 og nr [b]"


def test_a_check_can_refuse():
    assert find_spans("x1 x2", RULES) == [Span(3, 5, "[c]")]


def test_protected_stretches_stay_but_not_what_reaches_outside():
    assert find_spans("x2 1234", RULES, protected=[(0, 7)]) == []
    assert find_spans("x2 1234", RULES, protected=[(0, 5)]) == [Span(3, 7, "[a]")]
