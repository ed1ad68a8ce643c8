/** Far above any real configuration; keeps every hostile shape under a second. */
export const maxConfigBytes = 128 * 1024;
