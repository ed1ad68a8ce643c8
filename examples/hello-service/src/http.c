#define _GNU_SOURCE /* memmem */
#include "http.h"

#include <stdio.h>
#include <string.h>

struct answer {
	const char *status;
	const char *header; /* a whole header line, or "" */
	const char *body;
};

bool http_complete(const char *request, size_t length)
{
	return memmem(request, length, "\r\n\r\n", 4) != NULL || memmem(request, length, "\n\n", 2) != NULL;
}

/* Splits "METHOD /path HTTP/1.x"; false when the line is anything else. */
static bool request_line(const char *request, size_t length, char method[8], char path[256])
{
	char line[280];
	const char *end = memchr(request, '\n', length);
	size_t size = end == NULL ? length : (size_t)(end - request);
	if (size >= sizeof line || memchr(request, '\0', size) != NULL)
		return false;
	memcpy(line, request, size);
	line[size] = '\0';
	int after = 0;
	if (sscanf(line, "%7[A-Z] %255[!-~] HTTP/1.%*1[01]%n", method, path, &after) != 2 || after == 0)
		return false;
	return line[after] == '\0' || strcmp(line + after, "\r") == 0;
}

static struct answer answer_of(const struct config *config, const char *method, const char *path)
{
	if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
		return (struct answer){ "405 Method Not Allowed", "Allow: GET, HEAD\r\n", "method not allowed" };
	if (strcmp(path, "/healthz") == 0)
		return (struct answer){ "200 OK", "", "ok" };
	if (strcmp(path, "/") == 0)
		return (struct answer){ "200 OK", "", config->greeting };
	return (struct answer){ "404 Not Found", "", "not found" };
}

size_t http_answer(const struct config *config, const char *request, size_t length, bool overflow, char response[RESPONSE_SIZE])
{
	char method[8] = "";
	char path[256] = "";
	struct answer answer = { "400 Bad Request", "", "bad request" };
	if (overflow)
		answer = (struct answer){ "431 Request Header Fields Too Large", "", "request too large" };
	else if (request_line(request, length, method, path))
		answer = answer_of(config, method, path);
	/* The line end is part of the body: curl in a terminal then leaves a clean prompt. */
	size_t body = strlen(answer.body) + 1;
	bool head = strcmp(method, "HEAD") == 0;
	int written = snprintf(response, RESPONSE_SIZE,
		"HTTP/1.1 %s\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %zu\r\n%sConnection: close\r\n\r\n%s%s",
		answer.status, body, answer.header, head ? "" : answer.body, head ? "" : "\n");
	return written < RESPONSE_SIZE ? (size_t)written : RESPONSE_SIZE - 1;
}
