import numpy as np
import torch

from textinnsikt.themes.batches import STEP, run_batches


def _sum_of_ids(input_ids, attention_mask):
    return torch.stack([(input_ids * attention_mask).sum(1), attention_mask.sum(1)], dim=1)


def test_results_come_back_in_order():
    token_ids = [[3] * n for n in (5, 40, 1, 17, 16, 40, 2)]
    out = run_batches(_sum_of_ids, token_ids, pad_id=1, tokens=64)
    assert out.tolist() == [[3 * len(ids), len(ids)] for ids in token_ids]


def test_every_batch_of_a_length_has_the_same_shape():
    shapes = set()

    def forward(input_ids, attention_mask):
        shapes.add(tuple(input_ids.shape))
        assert attention_mask[:, 0].all()
        return torch.zeros(len(input_ids), 1)

    run_batches(forward, [[1] * n for n in range(1, 60)], pad_id=0, tokens=128)
    assert shapes == {(8, 16), (4, 32), (2, 48), (2, 64)}
    assert all(length % STEP == 0 for _, length in shapes)


def test_a_text_does_not_feel_its_neighbours(tagger):
    texts = [f"Jeg måtte forklare saken {n} ganger før han skjønte hva jeg ville." for n in range(40)]
    together = tagger.predict_proba(texts)
    alone = np.vstack([tagger.predict_proba([text]) for text in texts[:5]])
    assert np.array_equal(together[:5], alone)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        assert np.array_equal(tagger.predict_proba(texts[::-1])[::-1], together)
    finally:
        torch.set_num_threads(threads)


def test_no_texts_give_no_rows():
    assert run_batches(_sum_of_ids, [], pad_id=0).shape[0] == 0
