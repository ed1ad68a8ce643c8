/* hello-service: a small HTTP service that says hello. */
#include <errno.h>
#include <getopt.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "config.h"
#include "server.h"

static const char usage[] =
	"Usage: hello-service [--config FILE] [--check]\n"
	"\n"
	"  -c, --config FILE  read FILE instead of " CONFIG_FILE "\n"
	"      --check        check the configuration and exit\n"
	"  -h, --help         show this help and exit\n"
	"  -V, --version      show the version and exit\n";

/* Says where it listens: with port 0 the kernel has chosen. */
static void announce(int listener, const char *address)
{
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} bound = { 0 };
	socklen_t size = sizeof bound;
	if (getsockname(listener, &bound.any, &size) != 0)
		return;
	printf("listening on %s port %u\n", address, ntohs(bound.any.sa_family == AF_INET ? bound.v4.sin_port : bound.v6.sin6_port));
	fflush(stdout);
}

static int serve(struct config *config, const char *path)
{
	sigset_t handled;
	sigemptyset(&handled);
	sigaddset(&handled, SIGTERM);
	sigaddset(&handled, SIGINT);
	sigaddset(&handled, SIGHUP);
	sigprocmask(SIG_BLOCK, &handled, NULL);
	int signals = signalfd(-1, &handled, SFD_CLOEXEC | SFD_NONBLOCK);
	int listener = signals < 0 ? -1 : server_listen(config);
	if (listener < 0) {
		fprintf(stderr, "hello-service: cannot listen on %s port %u: %s\n", config->listen, config->port, strerror(errno));
		return EXIT_FAILURE;
	}
	announce(listener, config->listen);
	int result = server_run(listener, signals, config, path);
	if (result != 0)
		fprintf(stderr, "hello-service: %s\n", strerror(errno));
	close(listener);
	close(signals);
	return result == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "check", no_argument, NULL, 'C' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	const char *path = CONFIG_FILE;
	bool check = false;
	for (int option; (option = getopt_long(argc, argv, "c:hV", options, NULL)) != -1;) {
		switch (option) {
		case 'c':
			path = optarg;
			break;
		case 'C':
			check = true;
			break;
		case 'h':
			fputs(usage, stdout);
			return EXIT_SUCCESS;
		case 'V':
			puts("hello-service " VERSION);
			return EXIT_SUCCESS;
		default:
			fputs(usage, stderr);
			return 2;
		}
	}
	if (optind < argc) {
		fprintf(stderr, "hello-service: unexpected argument\n%s", usage);
		return 2;
	}
	struct config config;
	char problem[PROBLEM_SIZE];
	if (config_read(&config, path, problem) != 0) {
		fprintf(stderr, "hello-service: %s\n", problem);
		return EXIT_FAILURE;
	}
	return check ? EXIT_SUCCESS : serve(&config, path);
}
