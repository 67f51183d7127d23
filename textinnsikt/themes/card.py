"""The model card: what a folder's model is, how it was made and how well it does."""

from __future__ import annotations

from typing import Any

CARD = "README.md"


def write_card(facts: dict[str, Any]) -> str:
    """Return the model card of a tagger as Markdown with the front matter that model hubs read.

    Parameters
    ----------
    facts : dict
        What ``tagger.json`` holds.
    """
    settings, data = facts.get("innstillinger", {}), facts.get("data", {})
    themes = facts["kodebok"]["tema"]
    lines = [
        "---",
        "language: [nb, nn]",
        f"base_model: {facts['grunnmodell']}",
        "pipeline_tag: text-classification",
        f"library_name: {'transformers' if facts['metode'] == 'full' else 'textinnsikt'}",
        "tags: [textinnsikt]",
        "---",
        "",
        "# Temamodell for norske kommentarer",
        "",
        f"Merker en kommentar med {_listed([t['navn'] for t in themes.values()])}: ingen, positiv, negativ eller "
        f"blandet. Trent med textinnsikt på `{facts['grunnmodell']}` (metode: {facts['metode']}).",
        "",
        "## Bruk",
        "",
        "```",
        "textinnsikt tag kommentarer.csv -o merket.csv --model DENNE_MAPPA",
        "```",
        "",
    ]
    if facts["metode"] == "full":
        lines += [
            "Mappa er også en vanlig transformers-modell. Sannsynlighetene er kalibrert i det siste laget:",
            "",
            "```python",
            'pipeline("text-classification", model="DENNE_MAPPA", top_k=None)',
            "```",
            "",
        ]
    lines += ["## Temaer", ""]
    lines += [
        f"- `{key}` ({theme['navn']}): {theme['definisjon'] or 'ingen definisjon'}" for key, theme in themes.items()
    ]
    lines += ["", "## Data og trening", "", *_data_lines(data, facts.get("data_sha256", ""))]
    lines += [f"- {name}: {_number(value)}" for name, value in settings.items()]
    lines += ["", "## Terskler, med treffsikkerhet på kommentarer utenfor treningen", "", *_threshold_table(facts), ""]
    lines += _metric_tables(facts.get("maal", {}))
    lines += ["## Versjoner", ""]
    lines += [f"- {name} {number}" for name, number in facts["versjoner"].items()]
    return "\n".join(lines) + "\n"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " og " + names[-1]


def _number(value: Any) -> str:
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def _data_lines(data: dict[str, Any], digest: str) -> list[str]:
    lines = [f"- {name}: {_number(value)}" for name, value in data.items()]
    return [*lines, f"- SHA-256 for den merkede fila: `{digest}`"] if digest else lines


def _decimals(value: Any) -> str:
    return "" if value is None or value != value else f"{value:.2f}".replace(".", ",")


def _threshold_table(facts: dict[str, Any]) -> list[str]:
    decided = facts["avgjørelser"]
    outputs = [f"{key}:{mention}" for key in facts["kodebok"]["tema"] for mention in ("positiv", "negativ")]
    blank = [None] * len(outputs)
    columns = [decided["thresholds"], decided.get("precisions") or blank, decided.get("recalls") or blank]
    rows = [
        f"| {name} | " + " | ".join(map(_decimals, row)) + " |" for name, *row in zip(outputs, *columns, strict=True)
    ]
    return ["| utgang | terskel | presisjon | dekning |", "| --- | --- | --- | --- |", *rows]


def _metric_tables(metrics: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for part, found in metrics.items():
        if not isinstance(found, dict) or "rader" not in found:
            continue
        lines += [f"## Treffsikkerhet: {part} ({found['n']} kommentarer)", ""]
        lines += ["| utfall | F1 | 95 % intervall | presisjon | dekning | n |", "| --- | --- | --- | --- | --- | --- |"]
        for row in found["rader"]:
            span = f"{_decimals(row['nedre'])}–{_decimals(row['øvre'])}"
            cells = [row["utfall"], _decimals(row["f1"]), span, _decimals(row["presisjon"]), _decimals(row["dekning"])]
            lines.append("| " + " | ".join([*cells, str(row["n"])]) + " |")
        if found.get("kalibreringsfeil") is not None:
            error = f"{found['kalibreringsfeil']:.3f}".replace(".", ",")
            lines += ["", f"Kalibreringsfeil: {error}"]
        lines.append("")
    return lines
