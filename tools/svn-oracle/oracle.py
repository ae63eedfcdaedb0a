"""Asks libsvn_repos, the code inside svnserve and mod_authz_svn, what authz files grant.

Reads one JSON question a line, {"file": path, "repository": name, "users": [name or null], "paths": [path]}, and
writes one answer a line: {"access": [[for each user, for each path: "rw", "r" or "no"]]} or {"refused": message}.
A question with {"against": path, "most": n} besides compares the file with another one. Its answer is
{"differences": [[user, path, the file's answer, the other's], ...]}, so many at most.

NOTE: through ctypes a check costs 3 us, through Subversion's own bindings for Python 35, and a comparison takes millions.
"""

import ctypes
import json
import sys

READ, WRITE = 1, 2  # svn_repos_authz_access_t


class Error(ctypes.Structure):  # the beginning of svn_error_t
    pass


Error._fields_ = [("apr_err", ctypes.c_int), ("message", ctypes.c_char_p), ("child", ctypes.POINTER(Error))]

apr = ctypes.CDLL("libapr-1.so.0")
subr = ctypes.CDLL("libsvn_subr-1.so.1")
repos = ctypes.CDLL("libsvn_repos-1.so.1")

clear_pool = apr.apr_pool_clear
clear_pool.argtypes = [ctypes.c_void_p]
destroy_pool = apr.apr_pool_destroy
destroy_pool.argtypes = [ctypes.c_void_p]
create_pool = subr.svn_pool_create_ex
create_pool.argtypes = [ctypes.c_void_p] * 2
create_pool.restype = ctypes.c_void_p
clear_error = subr.svn_error_clear
clear_error.argtypes = [ctypes.c_void_p]
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
        messages = list(messages_of(error))
        clear_error(error)
        raise Refused(" ".join(messages))


def messages_of(address):
    error = ctypes.cast(address, ctypes.POINTER(Error))
    while error:
        if error.contents.message:
            yield error.contents.message.decode("utf-8", "replace")
        error = error.contents.child


class Authz:
    def __init__(self, path):
        self.pool = create_pool(None, None)
        self.scratch = create_pool(self.pool, None)
        self.handle = ctypes.c_void_p()
        self.granted = ctypes.c_int()
        must_exist = 1
        try:
            require_success(
                read_authz(ctypes.byref(self.handle), path.encode(), None, must_exist, None, self.pool, self.scratch)
            )
        except Refused:
            destroy_pool(self.pool)
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        destroy_pool(self.pool)

    def answers(self, repository, user, paths):
        """For each path "rw", "r" or "no". libsvn keeps the last user's rights compiled, so users come one by one."""
        handle, granted, scratch = self.handle, self.granted, self.scratch
        address = ctypes.addressof(granted)
        answers = []
        for path in paths:
            require_success(check_access(handle, repository, path, user, WRITE, address, scratch))
            if granted.value:
                answers.append("rw")
                continue
            require_success(check_access(handle, repository, path, user, READ, address, scratch))
            answers.append("r" if granted.value else "no")
        clear_pool(scratch)
        return answers


def encode(text):
    return None if text is None else text.encode()


def tabulate(question):
    repository, paths = encode(question["repository"]), [encode(path) for path in question["paths"]]
    with Authz(question["file"]) as authz:
        return {"access": [authz.answers(repository, encode(user), paths) for user in question["users"]]}


def compare(question):
    repository, paths = encode(question["repository"]), [encode(path) for path in question["paths"]]
    differences = []
    with Authz(question["file"]) as authz, Authz(question["against"]) as other:
        for user in question["users"]:
            ours, theirs = (each.answers(repository, encode(user), paths) for each in (authz, other))
            if ours != theirs:
                rows = zip(question["paths"], ours, theirs)
                differences += [[user, path, a, b] for path, a, b in rows if a != b]
    return {"differences": differences[: question["most"]]}


def answer(question):
    try:
        return compare(question) if "against" in question else tabulate(question)
    except Refused as refusal:
        return {"refused": str(refusal)}


apr.apr_initialize()
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
