"""Asks libsvn_repos, the code inside svnserve and mod_authz_svn, where two authz files give different answers.

Reads one JSON object, {"files": [path, path], "repository": name, "users": [name or null], "paths": [path], "most": n}, and
writes {"checks": n, "differences": [[user, path, answer, answer], …]} with at most so many differences, or
{"refused": message}.

NOTE: through ctypes, not python3-subversion: a call costs 2 us instead of 35 to 50, and there are millions.
"""

import ctypes
import json
import sys

READ, WRITE = 1, 2  # svn_repos_authz_access_t
BUFFER_SIZE = 1024

apr = ctypes.CDLL("libapr-1.so.0")
subr = ctypes.CDLL("libsvn_subr-1.so.1")
repos = ctypes.CDLL("libsvn_repos-1.so.1")

apr.apr_pool_clear.argtypes = [ctypes.c_void_p]
subr.svn_pool_create_ex.argtypes = [ctypes.c_void_p] * 2
subr.svn_pool_create_ex.restype = ctypes.c_void_p
subr.svn_err_best_message.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]
subr.svn_err_best_message.restype = ctypes.c_char_p
read_authz = repos.svn_repos_authz_read3
read_authz.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int] + [ctypes.c_void_p] * 3
read_authz.restype = ctypes.c_void_p
check_access = repos.svn_repos_authz_check_access
check_access.argtypes = [ctypes.c_void_p] + [ctypes.c_char_p] * 3 + [ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p]
check_access.restype = ctypes.c_void_p


class Refused(Exception):
    pass


def require_success(error):
    if error:
        buffer = ctypes.create_string_buffer(BUFFER_SIZE)
        raise Refused(subr.svn_err_best_message(error, buffer, BUFFER_SIZE).decode("utf-8"))


class Authz:
    def __init__(self, path, pool):
        self.scratch = subr.svn_pool_create_ex(None, None)
        self.handle = ctypes.c_void_p()
        require_success(read_authz(ctypes.byref(self.handle), path.encode(), None, 1, None, pool, self.scratch))

    def answers(self, repository, user, paths):
        """For each path "rw", "r" or "no". libsvn keeps the last user's rights compiled, so users come one by one."""
        answers = [self.answer(repository, user, path) for path in paths]
        apr.apr_pool_clear(self.scratch)
        return answers

    def answer(self, repository, user, path):
        granted = ctypes.c_int()
        for right, name in ((WRITE, "rw"), (READ, "r")):
            error = check_access(self.handle, repository, path, user, right, ctypes.addressof(granted), self.scratch)
            require_success(error)
            if granted.value:
                return name
        return "no"


def compare(question, pool):
    first, second = (Authz(path, pool) for path in question["files"])
    repository = question["repository"].encode()
    paths = [path.encode() for path in question["paths"]]
    differences = []
    for user in question["users"]:
        name = None if user is None else user.encode()
        before, now = (authz.answers(repository, name, paths) for authz in (first, second))
        if before != now:
            rows = zip(question["paths"], before, now)
            differences += [[user, path, a, b] for path, a, b in rows if a != b]
    checks = len(question["users"]) * len(paths)
    return {"checks": checks, "differences": differences[: question["most"]]}


apr.apr_initialize()
try:
    print(json.dumps(compare(json.load(sys.stdin), subr.svn_pool_create_ex(None, None))))
except Refused as refusal:
    print(json.dumps({"refused": str(refusal)}))
