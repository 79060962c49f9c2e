"""Facts that users of the star and download tables rely on."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.tables.catalog import definition
from openstrat.tables.store import read_table


@pytest.mark.parametrize(("table", "n_rows"), [("stars_monthly", 7_578), ("package_downloads", 7_028), ("repository_packages", 160)])
def test_every_row_has_its_own_key(table: str, n_rows: int) -> None:
    frame = read_table(table)
    assert len(frame) == n_rows
    assert not frame.duplicated(list(definition(table).key)).any()


def test_stars_are_those_of_the_list_on_that_day() -> None:
    stars = read_table("stars_monthly").set_index(["repository", "observed_on"])
    february = pd.Timestamp("2019-02-01")
    assert stars.loc[("elastic/elasticsearch", february), ["n_stars", "n_forks"]].tolist() == [38_079, 12_780]
    assert stars.loc[("tensorflow/tensorflow", february), ["n_stars", "n_forks"]].tolist() == [119_788, 71_751]


def test_a_reading_lies_within_its_month() -> None:
    stars = read_table("stars_monthly")
    assert (stars["observed_on"].dt.strftime("%Y-%m") == stars["month"].dt.strftime("%Y-%m")).all()


def test_a_renamed_repository_is_one_series_that_keeps_the_name_on_the_list() -> None:
    stars = read_table("stars_monthly")
    redis = stars[stars["repository"] == "redis/redis"].set_index("month")["listed_as"]
    assert (redis["2018-12-01"], redis["2026-08-01"]) == ("antirez/redis", "redis/redis")
    renamed = {"antirez/redis", "ggerganov/llama.cpp", "facebookresearch/llama", "tiangolo/fastapi"}
    assert renamed <= set(stars["listed_as"])
    assert not renamed & set(stars["repository"])


def test_downloads_are_those_of_the_list_on_that_day() -> None:
    downloads = read_table("package_downloads").set_index(["package", "observed_on"])
    row = downloads.loc[("requests", pd.Timestamp("2025-07-05"))]
    assert row[["n_downloads_30d", "rank", "list_length"]].tolist() == [739_878_617, 5, 15_000]


def test_a_rank_lies_on_its_list() -> None:
    downloads = read_table("package_downloads")
    assert (downloads["rank"] <= downloads["list_length"]).all()
    assert set(downloads["list_length"]) == {4_000, 5_000, 8_000, 15_000}


def test_clients_of_servers_are_told_from_the_servers() -> None:
    relation = read_table("repository_packages").set_index("package")["relation"]
    clients = set(relation[relation == "client_of_server"].index)
    assert {"qdrant-client", "pymilvus", "weaviate-client", "ollama", "sentry-sdk"} <= clients
    assert relation["vllm"] == "package_is_project"


def test_stars_and_downloads_are_hardly_related_in_april_2026() -> None:
    april = pd.Timestamp("2026-04-01")
    stars, downloads = read_table("stars_monthly"), read_table("package_downloads")
    listed = read_table("repository_packages").merge(stars[stars["month"] == april], on="repository")
    matched = listed.merge(downloads[downloads["observed_on"] == april], on="package")
    assert len(matched) == 56
    ranks = matched[["n_stars", "n_downloads_30d"]].astype("float64").rank()
    assert ranks.corr().iloc[0, 1] == pytest.approx(-0.13, abs=0.005)
