/* One thread, one poll loop, a fixed number of connections. */
#ifndef HELLO_SERVER_H
#define HELLO_SERVER_H

#include "config.h"

/* Opens the listening socket; returns it, or -1 with errno set. */
int server_listen(const struct config *config);

/*
 * Answers until SIGTERM or SIGINT arrives on `signals`, a signalfd; returns 0, or -1 with errno set.
 * SIGHUP reads `path` again: the greeting changes, the socket stays.
 */
int server_run(int listener, int signals, struct config *config, const char *path);

#endif
