const attribute = (name: string, type = 'string', use = 'required') => `<xs:attribute name="${name}" type="xs:${type}" use="${use}"/>`;
const count = (name: string) => attribute(name, 'nonNegativeInteger');
const textElement = (name: string, attributes: string, most: string) =>
  `<xs:element name="${name}" maxOccurs="${most}"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">${attributes}</xs:extension></xs:simpleContent></xs:complexType></xs:element>`;

/** What readers of JUnit XML (GitLab, Jenkins, the usual actions) have in common, of which we use no more. `most`: failures that one case may have. */
export const junitSchema = (most: '1' | 'unbounded') => `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:element name="testsuites"><xs:complexType><xs:sequence maxOccurs="unbounded">
<xs:element name="testsuite"><xs:complexType><xs:sequence maxOccurs="unbounded">
<xs:element name="testcase"><xs:complexType><xs:choice minOccurs="0">
${textElement('failure', `${attribute('message')}${attribute('type')}`, most)}
${textElement('skipped', attribute('message'), most)}
${textElement('system-out', '', most)}
</xs:choice>${attribute('classname')}${attribute('name')}${attribute('time', 'decimal')}${attribute('file', 'string', 'optional')}${attribute('line', 'positiveInteger', 'optional')}</xs:complexType></xs:element>
</xs:sequence>${attribute('name')}${count('tests')}${count('failures')}${count('skipped')}${count('errors')}${attribute('time', 'decimal')}</xs:complexType></xs:element>
</xs:sequence>${attribute('name')}${count('tests')}${count('failures')}${count('errors')}${count('skipped')}</xs:complexType></xs:element>
</xs:schema>`;
