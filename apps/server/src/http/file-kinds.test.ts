import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { mediaTypeOf, safeName } from './file-kinds.ts';

const text = (content: string): Buffer => Buffer.from(content);
const workbook = async (): Promise<Buffer> => {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('表').addRow(['企业名称']);
  return Buffer.from(await book.xlsx.writeBuffer());
};

describe('the kind of an upload', () => {
  it('is what its content is, where its name says the same', async () => {
    expect(mediaTypeOf('报告.PDF', text('%PDF-1.7\n...\n%%EOF\n'))).toBe('application/pdf');
    expect(mediaTypeOf('a.jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0]))).toBe('image/jpeg');
    expect(mediaTypeOf('a.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]))).toBe('image/png');
    expect(mediaTypeOf('a.csv', text('名称,代码\n长沙,43\n'))).toBe('text/csv');
    // The same in GB 18030, as spreadsheets save it.
    expect(mediaTypeOf('a.csv', Buffer.from([0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0x0a]))).toBe('text/csv');
    expect(mediaTypeOf('a.xlsx', await workbook())).toMatch(/spreadsheetml/);
  });

  it.each([
    ['an empty file', 'a.txt', Buffer.alloc(0)],
    ['a program called a paper', 'a.pdf', text('MZ\x90\0')],
    ['a picture called a paper', 'a.pdf', Buffer.from([0xff, 0xd8, 0xff])],
    ['a paper cut off', 'a.pdf', text('%PDF-1.7\n...')],
    ['PNG by three letters alone', 'a.png', text('xPNGxxxxxxxx')],
    ['a text with a zero byte', 'a.txt', text('a\0b')],
    ['a text with control signs', 'a.csv', text('a\x01b')],
    ['a page', 'a.html', text('<script>')],
    ['a drawing that can hold scripts', 'a.svg', text('<svg onload="x"/>')],
    ['any archive called a workbook', 'a.xlsx', text('PK\x03\x04 not really')],
    ['a program behind a lawful ending', 'a.pdf.exe', text('%PDF-1.7\n%%EOF')],
    ['no ending', 'pdf', text('%PDF-1.7\n%%EOF')],
  ])('is none for %s', (_what, name, content) => {
    expect(mediaTypeOf(name, content)).toBeUndefined();
  });

  it('is none for a workbook with macros, with a part outside itself, or that unpacks to a bomb', async () => {
    const sound = await workbook();
    const renamed = (from: string, to: string): Buffer =>
      Buffer.from(sound.toString('latin1').replaceAll(from, to), 'latin1');
    expect(mediaTypeOf('a.xlsx', renamed('xl/styles.xml', 'vbaProject.bi'))).toBeUndefined();
    expect(mediaTypeOf('a.xlsx', renamed('xl/styles.xml', '../../../a.xm'))).toBeUndefined();
    expect(mediaTypeOf('a.xlsx', renamed('xl/workbook.xml', 'xl/workbook.xmm'))).toBeUndefined();
    expect(mediaTypeOf('a.docx', sound)).toBeUndefined();
    const bomb = Buffer.from(sound);
    const directory = bomb.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bomb.writeUInt32LE(0xfffffff0, directory + 24);
    expect(mediaTypeOf('a.xlsx', bomb)).toBeUndefined();
    expect(mediaTypeOf('a.xlsx', sound.subarray(0, sound.length - 30))).toBeUndefined();
  });
});

describe('the name of an upload', () => {
  it.each([
    ['../../../log.key.pdf', '_.._.._log.key.pdf'],
    ['..\\..\\session.pdf', '_.._session.pdf'],
    ['/etc/passwd.pdf', '_etc_passwd.pdf'],
    ['C:\\a|b?.pdf', 'C__a_b_.pdf'],
    ['\u202Efdp.exe.pdf', 'fdp.exe.pdf'],
    ['a\u0000\r\nb.pdf', 'ab.pdf'],
    ['  .hidden. ', 'hidden'],
    ['...', '_'],
  ])('is %j told as %j', (name, told) => {
    expect(safeName(name)).toBe(told);
  });

  it('keeps its ending when it is too long', () => {
    expect(safeName(`${'长'.repeat(300)}.pdf`)).toMatch(/^长{196}\.pdf$/);
  });
});
