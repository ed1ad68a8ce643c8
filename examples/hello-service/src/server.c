#define _GNU_SOURCE /* accept4 */
#include "server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "http.h"

enum { CONNECTIONS = 64, SECONDS_PER_CONNECTION = 5, TICK_MILLISECONDS = 1000 };

struct connection {
	int socket; /* -1: free */
	time_t deadline;
	size_t received;
	size_t length; /* of the response; 0 while the request is being read */
	size_t sent;
	char request[REQUEST_SIZE];
	char response[RESPONSE_SIZE];
};

static time_t seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

int server_listen(const struct config *config)
{
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} address = { 0 };
	socklen_t size = sizeof address.v4;
	if (inet_pton(AF_INET, config->listen, &address.v4.sin_addr) == 1) {
		address.v4.sin_family = AF_INET;
		address.v4.sin_port = htons(config->port);
	} else {
		address.v6.sin6_family = AF_INET6;
		address.v6.sin6_port = htons(config->port);
		inet_pton(AF_INET6, config->listen, &address.v6.sin6_addr);
		size = sizeof address.v6;
	}
	int listener = socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (listener < 0)
		return -1;
	int yes = 1;
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (bind(listener, &address.any, size) != 0 || listen(listener, CONNECTIONS) != 0) {
		int error = errno;
		close(listener);
		errno = error;
		return -1;
	}
	return listener;
}

static void hang_up(struct connection *connection)
{
	close(connection->socket);
	connection->socket = -1;
}

static void accept_one(int listener, struct connection connections[CONNECTIONS])
{
	int socket = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (socket < 0)
		return; /* the peer has gone, or we are out of descriptors until one closes */
	for (int i = 0; i < CONNECTIONS; i++) {
		struct connection *connection = &connections[i];
		if (connection->socket >= 0)
			continue;
		connection->socket = socket;
		connection->deadline = seconds() + SECONDS_PER_CONNECTION;
		connection->received = connection->length = connection->sent = 0;
		return;
	}
	close(socket);
}

static void receive(struct connection *connection, const struct config *config)
{
	size_t room = sizeof connection->request - connection->received;
	ssize_t got = recv(connection->socket, connection->request + connection->received, room, 0);
	if (got <= 0) {
		if (got == 0 || (errno != EAGAIN && errno != EINTR))
			hang_up(connection);
		return;
	}
	connection->received += (size_t)got;
	bool complete = http_complete(connection->request, connection->received);
	bool overflow = !complete && connection->received == sizeof connection->request;
	if (complete || overflow)
		connection->length = http_answer(config, connection->request, connection->received, overflow, connection->response);
}

static void respond(struct connection *connection)
{
	ssize_t put = send(connection->socket, connection->response + connection->sent, connection->length - connection->sent, MSG_NOSIGNAL);
	if (put < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (put > 0)
		connection->sent += (size_t)put;
	if (put < 0 || connection->sent == connection->length)
		hang_up(connection);
}

/* Returns false when the service is asked to end. */
static bool handle_signal(int signals, struct config *config, const char *path)
{
	struct signalfd_siginfo info;
	if (read(signals, &info, sizeof info) != sizeof info)
		return true;
	if (info.ssi_signo != SIGHUP)
		return false;
	char problem[PROBLEM_SIZE];
	struct config next;
	if (config_read(&next, path, problem) != 0)
		fprintf(stderr, "%s; the old configuration stays\n", problem);
	else
		memcpy(config->greeting, next.greeting, sizeof config->greeting);
	return true;
}

int server_run(int listener, int signals, struct config *config, const char *path)
{
	static struct connection connections[CONNECTIONS];
	struct pollfd polled[CONNECTIONS + 2];
	for (int i = 0; i < CONNECTIONS; i++)
		connections[i].socket = -1;
	for (;;) {
		for (int i = 0; i < CONNECTIONS; i++)
			polled[i] = (struct pollfd){ connections[i].socket, connections[i].length > 0 ? POLLOUT : POLLIN, 0 };
		polled[CONNECTIONS] = (struct pollfd){ listener, POLLIN, 0 };
		polled[CONNECTIONS + 1] = (struct pollfd){ signals, POLLIN, 0 };
		if (poll(polled, CONNECTIONS + 2, TICK_MILLISECONDS) < 0 && errno != EINTR)
			return -1;
		time_t now = seconds();
		for (int i = 0; i < CONNECTIONS; i++) {
			struct connection *connection = &connections[i];
			if (connection->socket < 0)
				continue;
			if (polled[i].revents != 0 && connection->length == 0)
				receive(connection, config);
			else if (polled[i].revents != 0)
				respond(connection);
			if (connection->socket >= 0 && now >= connection->deadline)
				hang_up(connection);
		}
		if (polled[CONNECTIONS + 1].revents != 0 && !handle_signal(signals, config, path))
			return 0;
		if (polled[CONNECTIONS].revents != 0)
			accept_one(listener, connections);
	}
}
