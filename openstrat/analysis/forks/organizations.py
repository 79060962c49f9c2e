"""Organizations behind addresses: one name for the domains of one employer, and nothing for a domain that hardly anybody shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from openstrat.collect.git.log import CommitLog

MIN_PEOPLE = 3
"""People of a family of repositories who share a domain before it counts as an organization, unless it is a known employer's."""
EMPLOYERS = {
    "alibaba": "alibaba-inc.com alibaba.com",
    "amazon": "amazon.co.uk amazon.com",
    "apache.org": "apache.org",
    "apcera": "apcera.com",
    "audacity/muse": "mu.se musegroup.com muse.group",
    "bytedance": "bytedance.com",
    "canonical": "canonical.com ubuntu.com",
    "chef/progress": "chef.io getchef.com opscode.com progress.com",
    "cloudbees": "cloudbees.com",
    "confluent": "confluent.io",
    "coreos": "coreos.com",
    "deis/microsoft": "deis.com",
    "docker": "docker.com",
    "elastic": "elastic.co elasticsearch.com",
    "env0": "env0.com",
    "eqalpha/keydb": "eqalpha.com keydb.dev",
    "ericsson": "ericsson.com est.tech",
    "gitlab": "gitlab.com",
    "google": "chromium.org google.com",
    "grafana": "grafana.com kausal.co raintank.io",
    "haproxy": "1wt.eu exceliance.fr haproxy.com haproxy.org",
    "hashicorp": "hashicorp.com",
    "huawei": "huawei.com",
    "huggingface": "huggingface.co",
    "ibm": "ibm.com",
    "lightbend/akka": "akka.io lightbend.com typesafe.com",
    "lshift": "lshift.net",
    "meta": "facebook.com fb.com meta.com",
    "microsoft": "microsoft.com",
    "minio": "min.io minio.io",
    "nginx/f5": "f5.com nginx.com",
    "oracle": "oracle.com",
    "owncloud": "owncloud.com",
    "pingcap": "pingcap.com",
    "pulumi": "pulumi.com",
    "puppet/perforce": "perforce.com puppet.com puppetlabs.com reductivelabs.com",
    "qdrant": "qdrant.com qdrant.tech",
    "red hat": "ansible.com ansibleworks.com redhat.com",
    "redis": "redis.com redislabs.com",
    "scalr": "scalr.com",
    "scylladb": "cloudius-systems.com scylladb.com",
    "snap": "snap.com snapchat.com",
    "sonatype": "sonatype.com",
    "spacelift": "spacelift.io",
    "starburst": "starburst.io starburstdata.com",
    "sun": "sun.com",
    "synadia": "synadia.com",
    "tencent": "tencent.com",
    "teradata": "teradata.com",
    "timescale": "iobeam.com tigerdata.com timescale.com timescaledb.com",
    "traefik labs": "containo.us traefik.io",
    "vmware/broadcom": "broadcom.com gopivotal.com pivotal.io rabbitmq.com springsource.com vmware.com",
    "weaviate": "semi.technology weaviate.io",
    "webserver-llc": "wbsrv.ru",
}
"""Domains of employers that lead a project of the shipped tables or work on many; a slash joins names over time. Our reading."""
DOMAINS = {domain: employer for employer, domains in EMPLOYERS.items() for domain in domains.split()}
COMMUNITIES = {"debian.org": "debian"}
"""Domains of communities, which employ nobody: they count when authors share them, by a name as in the shipped tables."""
OPEN_TO_ALL = frozenset(
    ["bluewin.ch", "codeberg.org", "disroot.org", "hotmail.de", "hotmail.fr", "java.net", "outlook.de", "weblate.org", "windowslive.com"]
)
"""Domains that many authors share and that say nothing about an employer, beside those the reader of histories leaves out."""
RULE = (
    f"An address names an organization when its domain is a known employer's, or {MIN_PEOPLE} or more authors of upstream and forks "
    "use it; free mail, hidden and personal addresses name none."
)


def with_organizations(log: CommitLog, family: Sequence[CommitLog] = ()) -> CommitLog:
    """Return the log with employers' names for domains, and without organizations that fewer than `MIN_PEOPLE` authors share.

    Authors of all commits but merges decide, also those of the `family`: the logs of upstream and forks, united with this one.
    """
    used = np.unique(np.concatenate([one.address[one.n_parents < 2] for one in (log, *family)]))
    shared = log.addresses.iloc[used].groupby("organization")["person"].nunique()
    kept = set(shared.index[shared >= MIN_PEOPLE]) - OPEN_TO_ALL
    names = {domain: COMMUNITIES.get(domain, domain) for domain in kept} | DOMAINS
    named = [names.get(domain, "") for domain in log.addresses["organization"].fillna("")]
    return replace(log, addresses=log.addresses.assign(organization=named))
