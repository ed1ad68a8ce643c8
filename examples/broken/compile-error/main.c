#include <stdio.h>

int main(void)
{
	printf("%d\n", undeclared_answer);
	return 0;
}
