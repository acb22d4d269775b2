"""The NumPy and SciPy side of numpy.bench.mjs: reads its data from standard input, writes milliseconds as JSON.

Whole arrays of resamples are made in blocks that fit the cache; an arbitrary statistic is called sample by sample.
"""
import json, sys, time
import numpy as np, scipy, scipy.stats as st
data = json.load(sys.stdin)
B, rng = data["resamples"], np.random.default_rng(1)
values, first, second = (np.array(data[k]) for k in ("values", "first", "second"))

def best(*ways):
    """The least processor time of a run in ms: the best of the repeats of ten runs each."""
    least = float("inf")
    for way in ways:
        way()
        for _ in range(data["repeats"]):
            start = time.process_time()
            for _ in range(10): way()
            least = min(least, (time.process_time() - start) / 10)
    return 1000 * least

def multinomial(table):
    n = sum(table.values()); p = np.array([table["onlyA"], table["onlyB"], table["both"] + table["neither"]]) / n
    def run():
        drawn = rng.multinomial(n, p, size=B); d = (drawn[:, 0] - drawn[:, 1]) / n
        np.percentile(d, [2.5, 97.5]); d.std(ddof=1)
    return run

def index_all(statistic, block):
    def run():
        out = np.empty(B); n = len(values)
        for i in range(0, B, block): out[i:i + block] = statistic(values[rng.integers(0, n, (min(block, B - i), n), dtype=np.int32)])
        np.percentile(out, [2.5, 97.5]); out.std(ddof=1)
    return run

def index_loop(statistic):
    def run():
        n = len(values); out = np.array([statistic(values[rng.integers(0, n, n, dtype=np.int32)]) for _ in range(B)])
        np.percentile(out, [2.5, 97.5]); out.std(ddof=1)
    return run

mean = lambda x: x.mean(axis=-1)
share = lambda x: (x > .5).sum(axis=-1) / (x >= .05).sum(axis=-1)

def bca():
    return st.bootstrap((values,), np.mean, n_resamples=B, batch=200, method="BCa", random_state=rng, vectorized=True, axis=-1)

def permutation_scipy():
    return st.permutation_test((first, second), lambda x, y, axis: x.mean(axis=axis) - y.mean(axis=axis), n_resamples=B, batch=500, vectorized=True, axis=-1, random_state=rng)

def permutation_numpy():
    pooled = np.concatenate([first, second]); k = len(first); total = pooled.sum(); seen = first.mean() - second.mean(); out = np.empty(B)
    for i in range(B):
        a = rng.permutation(pooled)[:k].sum(); out[i] = a / k - (total - a) / (len(pooled) - k)
    return min(1, 2 * min((1 + (out >= seen).sum()), (1 + (out <= seen).sum())) / (1 + B))

def exact():
    m = data["mcnemar"]
    for i in range(m["times"]): st.binomtest(m["onlyA"] - i, m["onlyA"] + m["onlyB"]).pvalue

def exact_cdf():
    m = data["mcnemar"]
    for i in range(m["times"]): min(1, 2 * st.binom.cdf(m["onlyA"] - i, m["onlyA"] + m["onlyB"], .5))

ms = {
    "paired bootstrap by multinomial, n = 297": {"one array": best(multinomial(data["tables"][0]))},
    "paired bootstrap by multinomial, n = 1,000,000": {"one array": best(multinomial(data["tables"][1]))},
    "index bootstrap of a mean, 1,865 values": {"sample by sample": best(index_loop(np.mean)), "blocks": best(index_all(mean, 50), index_all(mean, 500))},
    "index bootstrap of a trimmed share, 1,865 values": {"sample by sample": best(index_loop(share)), "blocks": best(index_all(share, 50), index_all(share, 500))},
    "BCa of a mean, 1,865 values": {"scipy.stats.bootstrap, vectorized": best(bca)},
    "permutation test, 297 against 297": {"scipy.stats.permutation_test, vectorized": best(permutation_scipy), "sample by sample": best(permutation_numpy)},
    "exact McNemar p, 1,000,000 discordant, 200 times": {"scipy.stats.binomtest": best(exact), "scipy.stats.binom.cdf": best(exact_cdf)},
}
json.dump({"versions": f"{sys.version.split()[0]}, numpy {np.__version__}, scipy {scipy.__version__}", "ms": ms}, sys.stdout)
