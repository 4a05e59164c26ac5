import type { Locale, Words } from '@guanxi/core'

const says = (zh: string, en: string): Words => ({ 'zh-CN': zh, en })

/** Every sentence the command line says. `{name}` is filled in. */
export const sentences = {
  help: says(
    `用法：guanxi import <文件…> [选项]

把 CSV 和 Excel 文件导入 CRM。可以一次给出多个文件，先后顺序由引用关系决定。
同一命令中断后再次运行，会从中断处继续，不会重复也不会遗漏。

  --database <地址>      SQLite 文件，或 postgres:// 地址
  --app <模块>           宿主应用的模块，导出 crm（含自建对象时用它代替 --database）
  --tenant <租户>        导入到哪个租户（默认 default）
  --actor <id>           以谁的名义导入（默认 import）
  --object <对象>        没有 --mapping 时：文件是什么，如 deal；多个文件写 accounts.csv=customer
  --mapping <文件.json>  导入设置；没有它就只预览，并打印猜测的设置
  --history              按设置里的日期写入历史（创建、阶段、成交）；不写则都算现在
  --dry-run              只试算每一行的结果，什么都不保存
  --all-or-nothing       有一行不能导入就什么都不保存
  --again                没有关键列的文件也再导入一次
  --bad-rows <文件夹>    把不能导入的行连同原因写成 CSV（默认当前文件夹）
  --sheet <名称>         Excel 的工作表
  --help                 显示本说明
`,
    `Usage: guanxi import <files…> [options]

Imports CSV and Excel files. Several files may be given at once; what refers to what decides their order.
Run again after a break, the same command goes on where it stopped: nothing is doubled, nothing is lost.

  --database <where>      SQLite file, or a postgres:// address
  --app <module>          module of the host app that exports crm (instead of --database, for objects of its own)
  --tenant <tenant>       tenant to import into (default: default)
  --actor <id>            in whose name (default: import)
  --object <object>       without --mapping: what a file is, such as deal; for several, accounts.csv=customer
  --mapping <file.json>   the mapping; without it the files are only looked at, and a guess is printed
  --history               write history with the dates of the mapping (created, stages); otherwise all is of today
  --dry-run               say what would become of each row, and save nothing
  --all-or-nothing        one refused row, and nothing is saved
  --again                 import files once more though no key tells their rows apart
  --bad-rows <folder>     where refused rows go as CSV, with reasons (default: here)
  --sheet <name>          sheet of an Excel file
  --help                  this text
`,
  ),
  helpExport: says(
    `用法：guanxi export <对象> [选项]，或 guanxi export --all

把一个对象的记录导出为 CSV、Excel 或 JSON 行，或把整个租户导出为 zip。
导出的文件可以原样再导入，不会产生任何变化。

  --database <地址>   SQLite 文件，或 postgres:// 地址
  --app <模块>        宿主应用的模块，导出 crm（含自建对象时用它代替 --database）
  --tenant <租户>     哪个租户（默认 default）
  --actor <id>        以谁的名义导出（默认 export）
  --format <格式>     csv（默认）、xlsx 或 jsonl
  --out <文件>        写到哪里（默认 <对象>.<格式>）
  --where <JSON>      只导出符合条件的记录，如 '{"state":"open"}'
  --search <文字>     只导出能搜到的记录
  --sort <字段>       如 -amount,name
  --fields <字段>     只导出这些字段，如 name,phone
  --raw               选项写值、引用写编号，而不是名称
  --names             第一行写字段名，而不是标签
  --zone <时区>       时间按哪个时区显示（默认 Asia/Shanghai）
  --all               导出整个租户
`,
    `Usage: guanxi export <object> [options], or guanxi export --all

Exports the records of an object as CSV, Excel or JSON lines, or a whole tenant as a zip.
A file that is imported again as it is changes nothing.

  --database <where>   SQLite file, or a postgres:// address
  --app <module>       module of the host app that exports crm (instead of --database, for objects of its own)
  --tenant <tenant>    which tenant (default: default)
  --actor <id>         in whose name (default: export)
  --format <format>    csv (the default), xlsx or jsonl
  --out <file>         where to (default: <object>.<format>)
  --where <JSON>       only records that meet it, such as '{"state":"open"}'
  --search <text>      only records that a search finds
  --sort <fields>      such as -amount,name
  --fields <fields>    only these fields, such as name,phone
  --raw                values of options and ids of records instead of what people call them
  --names              names of fields in the first row instead of labels
  --zone <zone>        zone of clock times (default: Asia/Shanghai)
  --all                the whole tenant
`,
  ),
  exportWhat: says('请给出一个对象，或用 --all 导出整个租户。', 'Name one object, or export the whole tenant with --all.'),
  badFormat: says('没有格式「{format}」；可用 csv、xlsx、jsonl。', 'There is no format “{format}”; it is csv, xlsx or jsonl.'),
  badWhere: says('--where 应为 JSON 对象。', '--where is a JSON object.'),
  databaseMissing: says('没有数据库文件「{file}」。', 'There is no database file “{file}”.'),
  exported: says('已导出到 {path}', 'Exported to {path}'),
  unknownCommand: says('不认识的命令「{command}」。', 'There is no command “{command}”.'),
  noFiles: says('没有给出文件。', 'No files were given.'),
  noDatabase: says('请用 --database 或 --app 指出数据库。', 'Say where the data is with --database or --app.'),
  noObject: says('请用 --object 说明文件「{file}」是什么对象。', 'Say with --object what “{file}” is.'),
  noMapping: says('设置中没有文件「{file}」。', 'The mapping says nothing about “{file}”.'),
  noHistory: says('设置中没有 history，无法使用 --history。', 'No mapping has a “history”, so --history has nothing to write.'),
  badMapping: says('无法读取设置文件「{file}」：{reason}', 'The mapping “{file}” cannot be read: {reason}'),
  badApp: says('模块「{file}」没有导出 crm。', 'The module “{file}” exports no crm.'),
  guessed: says('猜测的设置，检查后保存为文件，用 --mapping 导入：', 'The guessed mapping. Check it, save it, and import with --mapping:'),
  question: says('请决定：{what}', 'To decide: {what}'),
  options: says('列「{column}」有不认识的值：{values}', 'column “{column}” has values that are no option: {values}'),
  references: says('列「{column}」的名称在「{object}」中没有：{values}', 'column “{column}” names what “{object}” does not have: {values}'),
  dateOrder: says('列「{column}」的日期分不清日和月', 'the dates of column “{column}” do not say which number is the day'),
  refused: says(
    '列「{column}」有 {count} 个值不能读取，如「{example}」：{why}',
    'column “{column}” has {count} values that cannot be read, such as “{example}”: {why}',
  ),
  required: says('必填字段「{field}」没有对应的列', 'no column fills the required field “{field}”'),
  progress: says(
    '{file} {done}/{total} 行，每秒 {rate} 行，还需 {left} 秒',
    '{file}: {done} of {total} rows, {rate} a second, {left} seconds left',
  ),
  row: says('{file} 第 {row} 行：{reasons}', '{file}, row {row}: {reasons}'),
  repaired: says('{file} 列「{column}」：{what}，{count} 处', '{file}, column “{column}”: {what}, {count} times'),
  rehearsed: says(
    '试算：新建 {created}，更新 {updated}，无变化 {unchanged}，不能导入 {refused}。什么都没有保存。',
    'Rehearsal: {created} to create, {updated} to update, {unchanged} unchanged, {refused} refused. Nothing was saved.',
  ),
  result: says(
    '完成：新建 {created}，更新 {updated}，无变化 {unchanged}，未导入 {refused}。',
    'Done: {created} created, {updated} updated, {unchanged} unchanged, {refused} refused.',
  ),
  nothingNew: says('这些内容都已经在里面了，没有新增。', 'All of it was there already; nothing was added.'),
  cancelled: says('已停下，再次运行可以继续。', 'Stopped; run again to go on.'),
  badRows: says('未导入的行写在 {path}', 'The refused rows are in {path}'),
} as const satisfies Record<string, Words>

/** Says one of the sentences. */
export function say(name: keyof typeof sentences, locale: Locale, params: Readonly<Record<string, string | number>> = {}): string {
  return sentences[name][locale].replace(/\{(\w+)\}/g, (whole, key: string) => (Object.hasOwn(params, key) ? String(params[key]) : whole))
}
