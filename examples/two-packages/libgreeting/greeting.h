#ifndef GREETING_H
#define GREETING_H

#include <stddef.h>

/* Writes a greeting for name into text, at most size bytes with the final NUL; returns how long the whole greeting is. */
int greeting(char *text, size_t size, const char *name);

#endif
