/* What hello-service.conf says. */
#ifndef HELLO_CONFIG_H
#define HELLO_CONFIG_H

#include <stddef.h>
#include <stdint.h>

enum { GREETING_SIZE = 256, ADDRESS_SIZE = 64, PROBLEM_SIZE = 512 };

struct config {
	char listen[ADDRESS_SIZE]; /* numeric IPv4 or IPv6 address */
	uint16_t port;             /* 0: the kernel chooses one */
	char greeting[GREETING_SIZE];
};

/* The values of keys that the file does not set. */
void config_defaults(struct config *config);

/*
 * Reads `path` over the defaults. Returns 0, or -1 with `problem` set to
 * "FILE:LINE: what is wrong"; `config` is unchanged then.
 */
int config_read(struct config *config, const char *path, char problem[PROBLEM_SIZE]);

#endif
