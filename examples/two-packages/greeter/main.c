#include <greeting.h>
#include <stdio.h>

int main(int count, char **words) {
  char text[256];
  if (count != 2 || greeting(text, sizeof text, words[1]) >= (int)sizeof text) {
    fputs("usage: greeter name\n", stderr);
    return 2;
  }
  puts(text);
  return 0;
}
