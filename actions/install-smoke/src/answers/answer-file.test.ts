import { expect, test } from '@jest/globals';
import { parseAnswers } from './answer-file.ts';
import { judgeAnswers, parseDatabase } from './answers-step.ts';

test('answers are read as debconf reads them, with their lines', () => {
  const text =
    '# comment\n\nhello hello/port string 8080\n hello\thello/hosts multiselect a, \\\nb\nhello hello/name string\nhello hello/port seen false';
  expect(parseAnswers(text, 'x')).toEqual([
    { owner: 'hello', question: 'hello/port', type: 'string', value: '8080', line: 3 },
    { owner: 'hello', question: 'hello/hosts', type: 'multiselect', value: 'a, b', line: 4 },
    { owner: 'hello', question: 'hello/name', type: 'string', value: '', line: 6 },
    { owner: 'hello', question: 'hello/port', type: 'seen', value: 'false', line: 7 },
  ]);
});

test.each([
  ['hello hello/port', /not of the form/],
  ['hello port string 1', /not the name of a question/],
  ['hello hello/port number 1', /"number" is not one of the types/],
  ['hello hello/really boolean yes', /"yes" is neither true nor false/],
  ['hello hello/port string 1 \\', /goes on after the end/],
  ['::error:: x', /^(?!::)/],
])('%s is an error of its line', (line, message) => {
  expect(() => parseAnswers(`# one\n${line}`, 'debian/preseed')).toThrowWithCode('E_CONFIG', message);
  let place: unknown;
  try {
    parseAnswers(`# one\n${line}`, 'debian/preseed');
  } catch (error) {
    place = typeof error === 'object' && error !== null && 'place' in error ? error.place : undefined;
  }
  expect(place).toEqual({ file: 'debian/preseed', line: 2 });
});

// As debconf of Debian 12 writes it.
const database = `Name: hello/port
Template: hello/port
Value: 9090
Owners: hello
Flags: seen

Name: hello/extra-1
Template: hello/extra
Value: x
Owners: hello

Name: nobody/asks
Template: nobody/asks
Value: 1
Owners: hello
`;

test('answers that nobody asks for fail; those that a package changed are told', () => {
  const answers = parseAnswers(
    'hello hello/port string 8080\nhello hello/extra-1 string x\nhello nobody/asks string 1\nhello hello/port seen true\n',
    'p',
  );
  const problems = judgeAnswers(answers, parseDatabase(database), new Set(['hello/port', 'hello/extra']), 'p');
  expect(problems.map(({ message, level, place }) => [message, level, place?.line])).toEqual([
    ['the answer to hello/port became "9090" while the packages were installed', 'warning', 1],
    ['no installed package asks nobody/asks, which hello was to ask', undefined, 3],
  ]);
});
