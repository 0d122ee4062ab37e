"""Going through the clusters one by one."""
