/* The part of HTTP/1.1 that the service speaks: one GET or HEAD per connection, no request body. */
#ifndef HELLO_HTTP_H
#define HELLO_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "config.h"

enum { REQUEST_SIZE = 4096, RESPONSE_SIZE = 1024 };

/* Whether `request` holds a complete head: a blank line ends it. */
bool http_complete(const char *request, size_t length);

/* Writes the answer to a complete (or, when `overflow`, a too long) request; returns its length. */
size_t http_answer(const struct config *config, const char *request, size_t length, bool overflow, char response[RESPONSE_SIZE]);

#endif
