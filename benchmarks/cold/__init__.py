"""Cold starts: each function in a fresh process under Lambda's own runtime client, against a bare one."""
