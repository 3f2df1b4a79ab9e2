import type { Label } from '../language.ts';

/** A refusal in plain words: what it means, and what to do next. */
export interface Explanation {
  readonly means: Label;
  readonly next: Label;
}

const say = (zh: string, en: string): Label => ({ zh, en });
const explain = (means: Label, next: Label): Explanation => ({ means, next });

const goBack = say('回到上一页，刷新后再看。', 'Go back, reload, and look again.');
const signIn = say(
  '重新登录后再办；已填的内容会保留在草稿里。',
  'Sign in again; what you had filled in is kept as a draft.',
);

/** Refusals that do not depend on the matter in hand; those of a single procedure carry their own sentence. */
export const explanations: Readonly<Record<string, Explanation>> = {
  'sign-in-needed': explain(
    say('这一步要先登录，或者登录已经失效。', 'This needs a sign-in, or yours has ended.'),
    signIn,
  ),
  'wrong-credentials': explain(
    say(
      '邮箱或密码不对。两者中哪一个不对不作说明，以免被人试探。',
      'E-mail or password is wrong. Which of them is not said, so that nobody can probe.',
    ),
    say(
      '检查大小写；忘记密码请找本单位的系统管理员重设。',
      'Check capitals; to reset the password ask your administrator.',
    ),
  ),
  'account-locked': explain(
    say(
      '登录失败次数太多，账号暂时锁定，以防他人猜密码。',
      'Too many sign-ins failed; the account is locked for a while against guessing.',
    ),
    say(
      '等十五分钟再试；不是您本人操作的，请立即告诉系统管理员。',
      'Wait fifteen minutes. If it was not you, tell your administrator at once.',
    ),
  ),
  'no-grant': explain(
    say('您已登录，但目前没有任何有效的岗位。', 'You are signed in but hold no post at present.'),
    say('请本单位管理员登记您的任职和起止日期。', 'Ask your office to enter your post with its dates.'),
  ),
  'not-your-role': explain(
    say('这件事由别的岗位办理。', 'This is for another post.'),
    say(
      '记录页上写着哪些岗位可以办；您兼任该岗位的，请先切换岗位。',
      'The record says which posts may do it; if you hold one of them, switch to it.',
    ),
  ),
  'not-your-office': explain(
    say('这件事属于别的机关。', 'This belongs to another office.'),
    say('需要由您办理的，请该机关移交。', 'If it is for you to handle, that office hands it over.'),
  ),
  'not-found': explain(
    say(
      '没有这条记录，或者您无权看到它。两种情形的回答相同，以免泄露有没有。',
      'There is no such record, or it is not for you to see. The answer is the same, so that it tells nothing.',
    ),
    say(
      '检查编号；需要查看的，请保管机关移交或授权。',
      'Check the number; if you need it, ask the office that keeps it.',
    ),
  ),
  'no-such-address': explain(
    say('没有这个地址。', 'There is no such address.'),
    say('从首页重新进入。', 'Start again from the home page.'),
  ),
  'version-conflict': explain(
    say('您打开之后，别人改动了这条记录。', 'Somebody changed this record after you had opened it.'),
    say(
      '比较两个版本，再决定是否照原样提交；您填的内容没有丢。',
      'Compare the two versions and decide; what you filled in is not lost.',
    ),
  ),
  'already-different': explain(
    say(
      '同一个操作编号已经用于内容不同的操作，为免重复办理没有执行。',
      'This command’s number was used for a different one; it was not carried out, lest a thing be done twice.',
    ),
    goBack,
  ),
  'already-exists': explain(
    say('同样的记录已经有了。', 'The same record exists already.'),
    say('用查找功能找到它，在它上面办理。', 'Search for it and continue there.'),
  ),
  'already-ingested': explain(
    say('内容相同的文件以前导入过。', 'A file with the same content was imported before.'),
    say(
      '到导入记录里看上次的结果；要更正个别行，请在记录上更正。',
      'See the result of that import; correct single rows on their records.',
    ),
  ),
  'not-allowed-now': explain(
    say('记录现在所处的环节不能做这件事。', 'The record is not at a stage where this can be done.'),
    say('记录页上写着现在能做什么、还缺什么。', 'The record says what can be done now and what is missing.'),
  ),
  'check-refused': explain(
    say('办理条件没有满足，没有写入任何内容。', 'A condition is not met; nothing was written.'),
    say('按提示的那一句补正后再提交。', 'Put right what the sentence names and submit again.'),
  ),
  'invalid-input': explain(
    say('有的栏目没有填，或者填法不对。', 'Some fields are empty or filled in wrongly.'),
    say('按每一栏旁边的说明更正。', 'Correct them by the note beside each.'),
  ),
  separation: explain(
    say(
      '法律要求这两步由不同的人（或者不同的机构）办理。',
      'The law wants these two steps done by different persons, or different bodies.',
    ),
    say('请另一位同事办理。', 'Let a colleague do it.'),
  ),
  'in-approval': explain(
    say(
      '这条记录正在审批，批完之前不能另行办理。',
      'The record is under approval; nothing else can be done with it meanwhile.',
    ),
    say('等审批结束，或者由报批人撤回。', 'Wait for the decision, or let whoever submitted it take it back.'),
  ),
  'in-the-future': explain(
    say('填写的发生时间比现在还晚。', 'The time entered lies in the future.'),
    say('改为实际发生的时间。', 'Enter when it really happened.'),
  ),
  'purpose-needed': explain(
    say(
      '查看个人信息要写明用途，并留有记录。',
      'Personal data is shown for a stated purpose only, and that is recorded.',
    ),
    say('写明用途后再打开。', 'State the purpose and open it again.'),
  ),
  'upload-missing': explain(
    say('上传的文件已经过期或者被用掉了。', 'The uploaded file has expired or was used already.'),
    say('重新上传。', 'Upload it again.'),
  ),
  'file-kind-refused': explain(
    say(
      '不接受这种文件，或者文件内容与扩展名不一致。',
      'This kind of file is not accepted, or its content is not what its name says.',
    ),
    say('另存为 PDF 或者图片再上传。', 'Save it as PDF or an image and upload that.'),
  ),
  'wrong-media-type': explain(say('不接受这种格式的内容。', 'This kind of content is not accepted.'), goBack),
  'too-large': explain(
    say('文件或内容太大。', 'The file or content is too large.'),
    say('压缩或者拆成几份再传。', 'Compress it, or send it in parts.'),
  ),
  'too-many-requests': explain(
    say('短时间内的请求太多。', 'There were too many requests in a short time.'),
    say('等一分钟再试。需要大量数据的，请用 CSV 或订阅。', 'Wait a minute. For much data use the CSV or the feed.'),
  ),
  'header-missing': explain(
    say(
      '写入操作的请求少了同源标头，可能来自别的网站。',
      'A request that writes lacked the same-origin header; it may come from another site.',
    ),
    say(
      '在本站的页面上操作。程序调用请带上 x-hengjian: 1。',
      'Work on this site’s own pages. Programs send x-hengjian: 1.',
    ),
  ),
  'bad-json': explain(
    say('程序发来的内容不是有效的 JSON。', 'What a program sent is not valid JSON.'),
    say('对照 /api/openapi.json 检查。', 'Compare with /api/openapi.json.'),
  ),
  'bad-request': explain(say('请求的参数不对。', 'A parameter of the request is wrong.'), goBack),
  'bad-cursor': explain(
    say('翻页标记不对或者已经失效。', 'The mark of the page is wrong or has expired.'),
    say('从第一页重新翻。', 'Begin at the first page.'),
  ),
  'log-empty': explain(
    say('公开日志还没有内容。', 'The public log is still empty.'),
    say('第一次操作封存后再看，通常不到一秒。', 'Look again when the first act is sealed, usually within a second.'),
  ),
  'no-such-leaf': explain(
    say(
      '日志里没有这一条：序号从 0 起，应小于日志条数。',
      'The log has no such entry: numbers begin at 0 and lie below its size.',
    ),
    say('到日志页看现在有多少条。', 'See on the page of the log how many there are.'),
  ),
  'sizes-reversed': explain(
    say('较早的条数不能大于较晚的条数。', 'The earlier size cannot exceed the later one.'),
    say('调换两个数。', 'Swap the two numbers.'),
  ),
  unexpected: explain(
    say('系统出错了，没有写入任何内容。', 'Something went wrong; nothing was written.'),
    say(
      '稍后再试；仍不行，请把错误编号告诉系统管理员。',
      'Try again later; if it fails, tell the error number to your administrator.',
    ),
  ),
};
