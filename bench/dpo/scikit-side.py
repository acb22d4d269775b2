"""The scikit-learn half of scikit-learn.bench.mjs: folder, number of features, repeats."""

import json
import sys
import time
import warnings

import numpy as np
import sklearn
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression, SGDClassifier

warnings.filterwarnings("ignore")
folder, features, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def load(name):
    with open(f"{folder}/{name}.json", encoding="utf-8") as file:
        rows = json.load(file)
    return csr_matrix((rows["data"], rows["indices"], rows["indptr"]), shape=(len(rows["indptr"]) - 1, features))


train, test = load("train"), load("test")
both = vstack([train, -train]).tocsr()
labels = np.concatenate([np.ones(train.shape[0]), np.zeros(train.shape[0])])


def loss(model, rows):
    return float(np.logaddexp(0, -(rows @ model.coef_[0])).mean())


def timed(what, make):
    best = float("inf")
    for _ in range(repeats):
        model = make()
        start = time.process_time()
        model.fit(both, labels)
        best = min(best, time.process_time() - start)
    return {
        "what": f"scikit-learn {sklearn.__version__}, {what}",
        "ms": 1000 * best,
        "trainLoss": loss(model, train),
        "testLoss": loss(model, test),
        "right": float((test @ model.coef_[0] > 0).mean()),
    }


print(
    json.dumps(
        [
            timed(
                "SGDClassifier, 3 epochs",
                lambda: SGDClassifier(loss="log_loss", fit_intercept=False, alpha=1e-5, max_iter=3, tol=None, random_state=42),
            ),
            timed(
                "LogisticRegression (lbfgs, C = 1)",
                lambda: LogisticRegression(C=1.0, fit_intercept=False, max_iter=1000),
            ),
        ]
    )
)
