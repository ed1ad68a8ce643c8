import { inertLine } from '@release-kit/action';
import { type Problem, ProblemError } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import type { Answer, AnswerFile } from './answer-file.ts';

/** Gives debconf the answers before the packages are there. */
export async function giveAnswers({ machine, timeout }: Session, { text, file, answers }: AnswerFile): Promise<Finding> {
  const { exitCode, stdout, stderr } = await machine.run(['debconf-set-selections'], { stdin: text, allow: 'any', timeout });
  const said = `${stdout}${stderr}`.trim();
  if (exitCode === 0 && !/^error:/m.test(said))
    return { note: `${answers.length === 1 ? 'one answer' : `${answers.length} answers`} given` };
  const message = `debconf does not take the answers of ${inertLine(file)}`;
  throw new ProblemError({ category: 'wrong-answer', message, place: { file }, evidence: said });
}

const script = `cat /var/cache/debconf/config.dat /var/cache/debconf/passwords.dat; printf '\\0'
sed -n 's/^Template: //p' /var/lib/dpkg/info/*.templates 2>/dev/null; true`;

/** The answers belong to questions that packages ask, and are what they were after the packages have read them. */
export async function checkAnswersKept({ run }: Session, { file, answers }: AnswerFile): Promise<Finding> {
  const { stdout } = await run(['/bin/sh', '-c', script], { allow: 'any', timeout: 60_000, env: { LC_ALL: 'C.UTF-8' } });
  const [database = '', templates = ''] = stdout.split('\0');
  const problems = judgeAnswers(answers, parseDatabase(database), new Set(templates.split('\n')), file);
  return { problems, note: problems[0]?.message ?? 'all answers were taken' };
}

/** What debconf has under the name of a question. */
export interface StoredAnswer {
  readonly template: string;
  readonly value: string;
}

/** Reads the paragraphs of debconf's database: `Name`, `Template`, `Value`, and others. */
export function parseDatabase(text: string): ReadonlyMap<string, StoredAnswer> {
  const found = new Map<string, StoredAnswer>();
  for (const paragraph of text.split(/\n\n+/)) {
    const field = (name: string): string => new RegExp(`^${name}: ?(.*)$`, 'm').exec(paragraph)?.[1] ?? '';
    const name = field('Name');
    if (name !== '') found.set(name, { template: field('Template'), value: field('Value') });
  }
  return found;
}

/** `templates`: names of all that installed packages have. */
export function judgeAnswers(
  answers: readonly Answer[],
  stored: ReadonlyMap<string, StoredAnswer>,
  templates: ReadonlySet<string>,
  file: string,
): readonly Problem[] {
  return answers.flatMap(({ owner, question, type, value, line }): readonly Problem[] => {
    const now = stored.get(question);
    const place = { file, line };
    // A package may make questions as it goes, after a template of another name.
    if (!templates.has(question) && (now === undefined || !templates.has(now.template)))
      return [{ category: 'wrong-answer', message: inertLine(`no installed package asks ${question}, which ${owner} was to ask`), place }];
    if (type === 'seen' || now === undefined || now.value === value) return [];
    const shown = type === 'password' ? 'something else' : `"${now.value}"`;
    return [
      {
        category: 'wrong-answer',
        level: 'warning',
        message: inertLine(`the answer to ${question} became ${shown} while the packages were installed`),
        cure: 'Nothing to do when the package knows better; else correct its config or postinst script.',
        place,
      },
    ];
  });
}
