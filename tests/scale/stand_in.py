"""A tagger that takes no time, in the place of the real one: themes follow from the letters of the text."""

from hashlib import sha256

import numpy as np

from textinnsikt.study import TaggedStudy

THEMES = ("lytting", "løsning")
VALUES = np.array(["ingen", "positiv", "negativ", "blandet"], dtype=object)


class StandIn:
    def __init__(self):
        self.seen = []

    def tag(self, study, progress=None):
        comments = study.comments
        texts = comments["tekst"].tolist()
        self.seen += [text for text in texts if text is not None]
        for place, theme in enumerate(THEMES):
            numbers = [sha256(f"{place}{text}".encode()).digest() if text is not None else None for text in texts]
            comments[theme] = np.array([VALUES[n[0] % 4] if n else None for n in numbers], dtype=object)
            for offset, mention in enumerate(("positiv", "negativ"), start=1):
                comments[f"{theme}_p_{mention}"] = [round(n[offset] / 255, 4) if n else np.nan for n in numbers]
            comments[f"{theme}_setning"] = np.array(
                [text if n else None for n, text in zip(numbers, texts, strict=True)], dtype=object
            )
        comments["modell"], comments["modell_hash"] = "stand-in", "abc123"
        if progress is not None:
            progress(len(texts), len(texts))
        return TaggedStudy(comments, THEMES, study.questions)


def install(patch=setattr):
    """Put the stand-in where jobs look for their tagger; return it."""
    from textinnsikt.scale import job, worker

    tagger = StandIn()
    patch(worker, "open_tagger", lambda settings: tagger)
    patch(job, "_decide", lambda settings: {"device": "cpu", "dtype": "float32", "batch_tokens": 512})
    return tagger
