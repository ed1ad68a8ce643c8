#include "config.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 512 };

void config_defaults(struct config *config)
{
	*config = (struct config){ .listen = "127.0.0.1", .port = 8080, .greeting = "Hello, world!" };
}

/* Cuts blanks off both ends, in place. */
static char *trimmed(char *text)
{
	while (isblank((unsigned char)*text))
		text++;
	size_t length = strlen(text);
	while (length > 0 && isspace((unsigned char)text[length - 1]))
		text[--length] = '\0';
	return text;
}

static const char *set_port(struct config *config, const char *value)
{
	char *end = NULL;
	errno = 0;
	long port = strtol(value, &end, 10);
	if (!isdigit((unsigned char)*value) || *end != '\0' || errno != 0 || port > UINT16_MAX)
		return "port must be a number from 0 to 65535";
	config->port = (uint16_t)port;
	return NULL;
}

static const char *set_listen(struct config *config, const char *value)
{
	struct in6_addr address;
	if (strlen(value) >= sizeof config->listen)
		return "listen is too long";
	if (inet_pton(AF_INET, value, &address) != 1 && inet_pton(AF_INET6, value, &address) != 1)
		return "listen must be a numeric IPv4 or IPv6 address";
	strcpy(config->listen, value);
	return NULL;
}

static const char *set_greeting(struct config *config, const char *value)
{
	if (strlen(value) >= sizeof config->greeting)
		return "greeting is too long";
	for (const char *c = value; *c != '\0'; c++)
		if (iscntrl((unsigned char)*c))
			return "greeting must not hold control characters";
	strcpy(config->greeting, value);
	return NULL;
}

/* Returns what is wrong with the line, or NULL. */
static const char *read_line(struct config *config, char *line)
{
	char *key = trimmed(line);
	if (*key == '\0' || *key == '#')
		return NULL;
	char *equals = strchr(key, '=');
	if (equals == NULL)
		return "expected KEY = VALUE";
	*equals = '\0';
	key = trimmed(key);
	const char *value = trimmed(equals + 1);
	if (strcmp(key, "port") == 0)
		return set_port(config, value);
	if (strcmp(key, "listen") == 0)
		return set_listen(config, value);
	if (strcmp(key, "greeting") == 0)
		return set_greeting(config, value);
	return "unknown key; known are listen, port and greeting";
}

int config_read(struct config *config, const char *path, char problem[PROBLEM_SIZE])
{
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		snprintf(problem, PROBLEM_SIZE, "%s: %s", path, strerror(errno));
		return -1;
	}
	struct config read;
	config_defaults(&read);
	char line[LINE_SIZE];
	const char *wrong = NULL;
	unsigned long number = 0;
	while (wrong == NULL && fgets(line, sizeof line, file) != NULL) {
		number++;
		if (strchr(line, '\n') == NULL && !feof(file))
			wrong = "line is too long";
		else
			wrong = read_line(&read, line);
	}
	if (wrong == NULL && ferror(file))
		wrong = "cannot be read";
	fclose(file);
	if (wrong != NULL) {
		snprintf(problem, PROBLEM_SIZE, "%s:%lu: %s", path, number, wrong);
		return -1;
	}
	*config = read;
	return 0;
}
