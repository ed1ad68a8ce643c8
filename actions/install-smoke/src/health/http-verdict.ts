import { inertLine } from '@release-kit/action';
import type { HttpQuestion } from '@release-kit/config';
import type { Certificate, HttpAnswer } from '@release-kit/machine';
import { matches } from './expression.ts';
import { type HealthVerdict, healthy, quoteStart, unhealthy } from './verdict.ts';

/** Whether an answer is what the check asks for: certificate, status, headers, body, in this order. */
export function judgeHttp(question: HttpQuestion, answer: HttpAnswer): HealthVerdict {
  const { tls, headers, body } = question;
  const problem = answer.certificate?.problem;
  if (tls !== 'any' && answer.certificate !== undefined && problem !== undefined)
    return badCertificate(problem, answer.certificate, question);
  if (!isGood(answer.status, question.status)) return badStatus(question, answer);
  for (const [name, expression] of Object.entries(headers)) {
    const value = answer.headers.get(name);
    if (value === undefined) return unhealthy(`there is no header ${inertLine(name)} in the answer`, headerText(answer));
    const found = matches(expression, value);
    if (found !== true)
      return unhealthy(notMatched(`the header ${name} is "${quoteStart(value, '')}"`, expression, found), headerText(answer));
  }
  const found = body === undefined || matches(body, answer.body);
  if (found === true) return healthy;
  const said = `the body ${answer.body === '' ? 'is empty' : `starts with "${quoteStart(answer.body, '')}"`}`;
  return unhealthy(notMatched(said, body ?? '', found), shortened(answer.body));
}

/** `said`, and that it does not match. Inert. */
export function notMatched(said: string, expression: string, found: false | 'endless'): string {
  if (found === false) return inertLine(`${said}, which does not match /${expression}/`);
  return inertLine(
    `${said}, and whether /${expression}/ matches could not be told within a second; write it so that it needs no going back`,
  );
}

const isGood = (status: number, wanted: readonly number[] | undefined): boolean =>
  wanted === undefined ? status >= 200 && status < 300 : wanted.includes(status);

function badStatus({ status }: HttpQuestion, answer: HttpAnswer): HealthVerdict {
  const target = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : undefined;
  const where = target === undefined ? '' : `, which leads to ${quoteStart(target, 'nowhere')} (redirects are not followed)`;
  const wanted = status === undefined ? '' : `, not ${status.join(' or ')}`;
  const body = answer.body.trim() === '' ? '' : `; the body starts with "${quoteStart(answer.body, '')}"`;
  return unhealthy(inertLine(`status ${answer.status}${wanted}${where}${body}`), shortened(answer.body));
}

// The words of OpenSSL (openssl-verification-options(1)) and Node, for what is met with services.
const certificateWords: Readonly<Record<string, (certificate: Certificate) => string>> = {
  CERT_HAS_EXPIRED: ({ to }) => `its certificate has expired on ${to}`,
  CERT_NOT_YET_VALID: ({ from }) => `its certificate is good from ${from} only`,
  DEPTH_ZERO_SELF_SIGNED_CERT: ({ subject }) => `its certificate is signed by itself (${subject}), and not trusted`,
  SELF_SIGNED_CERT_IN_CHAIN: ({ issuer }) => `its certificate was issued by ${issuer}, which is not trusted`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ({ issuer }) => `its certificate was issued by ${issuer}, which is not trusted`,
  UNABLE_TO_GET_ISSUER_CERT: ({ issuer }) => `its certificate was issued by ${issuer}, which is not trusted`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ({ issuer }) => `its certificate was issued by ${issuer}, which is not trusted`,
};

function badCertificate(problem: string, certificate: Certificate, { url, tls }: HttpQuestion): HealthVerdict {
  const { subject, issuer, names, from, to } = certificate;
  const evidence = `subject: ${subject}\nissuer: ${issuer}\nnames: ${names}\nvalid from ${from} to ${to}`;
  if (problem === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const wanted = (tls === 'any' ? undefined : tls.name) ?? new URL(url).hostname;
    const why = `its certificate is for ${names === '' ? subject : names}, not for ${wanted}`;
    return unhealthy(inertLine(why), evidence, 'Ask for a name that the certificate has, by tls.name in release-kit.yml.');
  }
  const why = certificateWords[problem]?.(certificate) ?? `its certificate is not right: ${problem}`;
  const cure = 'Name the file that signs it in tls.ca of the check, or set tls to any; renew a certificate that has expired.';
  return unhealthy(inertLine(why), evidence, cure);
}

const headerText = ({ headers }: HttpAnswer): string => [...headers].map(([name, value]) => `${name}: ${value}`).join('\n');

const shortened = (body: string): string => body.slice(0, 2000);
