/*
 * Starts the real service on a port that the kernel chooses, asks it, and checks what it answers.
 * Usage: service-test SERVICE
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int failures;
static int checks;

static void check(int good, const char *what)
{
	checks++;
	if (good)
		return;
	failures++;
	fprintf(stderr, "FAIL: %s\n", what);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	if (file == NULL || fputs(text, file) == EOF || fclose(file) != 0) {
		perror(path);
		exit(99);
	}
}

/* Sends the request, returns everything that came back; the last byte is NUL. */
static const char *ask(unsigned port, const char *request, size_t length)
{
	static char answer[8192];
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((unsigned short)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int client = socket(AF_INET, SOCK_STREAM, 0);
	size_t size = 0;
	if (connect(client, (struct sockaddr *)&address, sizeof address) == 0 && send(client, request, length, MSG_NOSIGNAL) == (ssize_t)length)
		for (ssize_t got; size < sizeof answer - 1 && (got = recv(client, answer + size, sizeof answer - 1 - size, 0)) > 0;)
			size += (size_t)got;
	answer[size] = '\0';
	close(client);
	return answer;
}

static const char *get(unsigned port, const char *path)
{
	char request[512];
	int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path);
	return ask(port, request, (size_t)length);
}

static int starts(const char *text, const char *prefix) { return strncmp(text, prefix, strlen(prefix)) == 0; }

static int ends(const char *text, const char *suffix)
{
	size_t length = strlen(text), tail = strlen(suffix);
	return length >= tail && strcmp(text + length - tail, suffix) == 0;
}

static void check_answers(unsigned port)
{
	const char *answer = get(port, "/healthz");
	check(starts(answer, "HTTP/1.1 200 OK\r\n") && ends(answer, "\r\n\r\nok\n"), "/healthz answers ok");
	answer = get(port, "/");
	check(starts(answer, "HTTP/1.1 200 OK\r\n") && ends(answer, "\r\n\r\nGood morning\n"), "/ answers the configured greeting");
	check(starts(get(port, "/nothing"), "HTTP/1.1 404 "), "another path is not found");
	answer = ask(port, "HEAD / HTTP/1.0\r\n\r\n", 19);
	check(starts(answer, "HTTP/1.1 200 OK\r\n") && ends(answer, "\r\n\r\n"), "HEAD has no body");
	check(strstr(ask(port, "POST / HTTP/1.1\r\n\r\n", 19), "Allow: GET, HEAD") != NULL, "POST is not allowed");
	check(starts(ask(port, "hello\r\n\r\n", 9), "HTTP/1.1 400 "), "nonsense is refused");
	check(starts(ask(port, "GET / HTTP/1.1\r\n\0\r\n\r\n", 21), "HTTP/1.1 200 "), "a NUL after the first line does no harm");
	char large[4096];
	memset(large, 'x', sizeof large);
	check(starts(ask(port, large, sizeof large), "HTTP/1.1 431 "), "a request without end is refused");
}

/* Exit code of `SERVICE --config FILE --check` with this text in FILE. */
static int check_config(const char *service, const char *file, const char *text)
{
	write_file(file, text);
	pid_t child = fork();
	if (child == 0) {
		if (freopen("/dev/null", "w", stderr) != NULL)
			execl(service, service, "--config", file, "--check", (char *)NULL);
		_exit(127);
	}
	int status = 0;
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void check_configs(const char *service, const char *file)
{
	check(check_config(service, file, "# nothing\n\nport=1\n listen = ::1 \n") == 0, "a good configuration passes");
	check(check_config(service, file, "port = 65536\n") == 1, "a port above 65535 is refused");
	check(check_config(service, file, "port = 80 80\n") == 1, "two ports are refused");
	check(check_config(service, file, "listen = localhost\n") == 1, "a host name is refused");
	check(check_config(service, file, "prot = 80\n") == 1, "an unknown key is refused");
	check(check_config(service, file, "port\n") == 1, "a line without = is refused");
}

int main(int argc, char **argv)
{
	char file[] = "/tmp/hello-service-test-XXXXXX";
	int descriptor = argc == 2 ? mkstemp(file) : -1;
	if (descriptor < 0)
		return 99;
	close(descriptor);
	alarm(60);
	check_configs(argv[1], file);
	write_file(file, "port = 0\ngreeting = Good morning\n");
	int ends_of_pipe[2];
	if (pipe(ends_of_pipe) != 0)
		return 99;
	pid_t child = fork();
	if (child == 0) {
		dup2(ends_of_pipe[1], STDOUT_FILENO);
		execl(argv[1], argv[1], "--config", file, (char *)NULL);
		_exit(127);
	}
	close(ends_of_pipe[1]);
	FILE *said = fdopen(ends_of_pipe[0], "r");
	unsigned port = 0;
	check(said != NULL && fscanf(said, "listening on 127.0.0.1 port %u", &port) == 1, "the service says where it listens");
	check_answers(port);
	write_file(file, "greeting = Good evening\n");
	kill(child, SIGHUP);
	for (int i = 0; i < 50 && !ends(get(port, "/"), "Good evening\n"); i++)
		usleep(20000);
	check(ends(get(port, "/"), "Good evening\n"), "SIGHUP reads the greeting again");
	kill(child, SIGTERM);
	int status = 0;
	waitpid(child, &status, 0);
	check(WIFEXITED(status) && WEXITSTATUS(status) == 0, "SIGTERM ends the service cleanly");
	unlink(file);
	printf("%d checks, %d failed\n", checks, failures);
	return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
