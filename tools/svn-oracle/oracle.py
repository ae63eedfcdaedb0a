"""Asks libsvn_repos, through Debian's python3-subversion, what authz files grant.

Reads one JSON question a line, {"file": path, "repository": name, "users": [name or null], "paths": [path]}, and
writes one answer a line: {"access": [[for each user, for each path: "rw", "r" or "no"]]} or {"refused": message}.
"""

import json
import sys

from svn import core, repos

READ = repos.svn_authz_read if hasattr(repos, "svn_authz_read") else 1
WRITE = repos.svn_authz_write if hasattr(repos, "svn_authz_write") else 2


def encode(text):
    return None if text is None else text.encode("utf-8")


def access(authz, repository, path, user):
    if repos.authz_check_access(authz, repository, path, user, WRITE):
        return "rw"
    if repos.authz_check_access(authz, repository, path, user, READ):
        return "r"
    return "no"


def answer(question):
    try:
        authz = repos.authz_read(question["file"], True)
    except core.SubversionException as error:
        return {"refused": str(error)}
    repository = encode(question["repository"])
    paths = [encode(path) for path in question["paths"]]
    # Users outside, paths inside: libsvn keeps the last user's rights compiled.
    users = [encode(user) for user in question["users"]]
    return {"access": [[access(authz, repository, path, user) for path in paths] for user in users]}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
