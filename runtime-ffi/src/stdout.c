/* For the agent, not part of the library: what MNN prints goes out line by line, so that nothing is lost in a crash. */
#include <stdio.h>

void edgeconv_buffer_lines(void) { setvbuf(stdout, NULL, _IOLBF, BUFSIZ); }
