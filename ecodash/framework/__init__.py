"""The two documents' catalogue and how a business stands against it. Pure: estimates in, verdicts out."""

from ecodash.framework.verdict import Judgement, Side, Verdict, benchmark, benchmark_of, judge, judge_all

__all__ = ["Judgement", "Side", "Verdict", "benchmark", "benchmark_of", "judge", "judge_all"]
