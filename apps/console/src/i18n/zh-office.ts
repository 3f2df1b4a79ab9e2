/** Chinese texts of what every office needs around its records. */
export const zhOffice = {
  'domain.correspondence': '消息与函件',
  outbox: '发件箱',
  'outbox.lead': '短信、邮件、政务即时通讯和站内消息：没有发出去的排在最前。',
  'outbox.no-service': '消息是提醒，不是送达；期限以送达的文书为准（令第2号第八十二条第三项）。',
  'outbox.preferences': '{name}的提醒偏好',
  'outbox.empty': '还没有消息',
  'outbox.empty.text': '期限临近、收到移交、告知书送达时，按各人的偏好发出提醒，都列在这里。',
  'outbox.addressee': '接收人 · 渠道',
  'outbox.text': '内容',
  'outbox.when': '时间',
  'outbox.next': '处理',
  'outbox.attempts': '（已发 {n} 次）',
  'outbox.retry': '重新发送',
  'outbox.about': '事由记录',
  'letters.from-here': '函件和约谈',
} as const satisfies Record<string, string>;
