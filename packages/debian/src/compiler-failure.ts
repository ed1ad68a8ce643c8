import type { CompilerMessage } from './compiler-message.ts';
import type { FailureId } from './known-failure.ts';

/** Which entry of the table an error with a place is, by its words and by the language of the file. */
export function compilerFailure({ file, message }: Pick<CompilerMessage, 'file' | 'message'>): FailureId {
  if (/^undefined reference to /.test(message)) return 'undefined-reference';
  if (/^multiple definition of /.test(message)) return 'multiple-definition';
  if (/possibly undefined macro/.test(message)) return 'autoconf-macro';
  if (/\[-Werror(?:=[\w+-]+)?\]$/.test(message)) return 'warning-as-error';
  if (/: No such file or directory$|^'[^']+' file not found$/.test(message)) return 'missing-header';
  if (file.endsWith('.rs')) return 'rust';
  if (file.endsWith('.go'))
    return /no required module provides|cannot find (?:package|module)|is not in (?:GOROOT|std)/.test(message) ? 'go-module' : 'go';
  return 'compiler';
}
