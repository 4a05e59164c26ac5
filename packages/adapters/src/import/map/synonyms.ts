import type { ObjectDefinition } from '@guanxi/core'

/**
 * What columns are called in files, by what they mean. Each line: names of fields it may be read into, best first (`object.field`: only
 * there), then the words.
 * Words are compared without case, spaces and punctuation.
 */
const lines: readonly (readonly [fields: string, words: string])[] = [
  [
    'phone',
    '手机,手机号,手机号码,电话,联系电话,联系方式,座机,固话,电话号码,mobile,mobile phone,phone,phone number,telephone,tel,cell,home phone',
  ],
  ['email', '邮箱,电子邮箱,邮件,电子邮件,邮箱地址,email,e-mail,mail,email address'],
  [
    'companyName customerId name',
    '公司,公司名称,客户,客户名称,单位,单位名称,企业,企业名称,account,account name,company,company name,customer,customer name,client,organisation,organization',
  ],
  ['legalName', '法定名称,营业执照名称,工商名称,legal name,registered name'],
  ['name', '姓名,名字,名称,name,full name'],
  ['lead.name contact.name contactId', '联系人,联系人姓名,contact,contact name,contact person'],
  [
    'ownerId',
    '负责人,所有人,归属人,销售,业务员,跟进人,销售员,销售代表,owner,sales agent,agent,rep,sales rep,salesperson,account manager,employee,employee id',
  ],
  ['stageId status', '阶段,商机阶段,销售阶段,stage,deal stage,sales stage,status,状态'],
  [
    'closeDate expectedCloseDate',
    '成交日期,预计成交日期,预计成交日,签约日期,关闭日期,close date,closing date,expected close,closed on,won on',
  ],
  ['amount expectedAmount', '金额,预计金额,成交金额,合同金额,商机金额,amount,value,deal value,close value,deal amount,revenue expected'],
  ['productIds', '产品,产品名称,商品,product,products,product name,item'],
  ['product.name', '产品,产品名称,商品,商品名称,product,product name,item'],
  ['deal.name', 'opportunity,opportunity name,deal,deal name,商机,商机名称,title'],
  ['sku', '货号,编码,商品编码,产品编码,料号,sku,item number,product code,code,product id'],
  ['category', '类别,分类,系列,品类,category,series,product line,family,group'],
  ['price', '单价,价格,售价,报价,price,unit price,sales price,list price'],
  ['cost', '成本,成本价,进价,cost,unit cost,purchase price'],
  ['unit', '单位,计量单位,unit,unit of measure,uom'],
  ['industry', '行业,所属行业,industry,sector,vertical'],
  ['region', '区域,地区,省份,城市,大区,region,location,office location,territory,area,country,city'],
  ['address', '地址,公司地址,详细地址,通讯地址,address,street,street address'],
  ['website', '网站,官网,网址,website,web,url,homepage,home page'],
  ['employees', '员工数,员工人数,人数,规模人数,employees,headcount,number of employees,staff'],
  ['annualRevenue', '年营业额,年收入,营收,营业收入,revenue,annual revenue,turnover'],
  ['foundedYear', '成立年份,成立时间,创立年份,founded,year established,established,year founded'],
  ['parentId', '上级客户,母公司,上级公司,集团公司,parent,parent account,parent company,subsidiary of,belongs to'],
  ['uscc', '统一社会信用代码,信用代码,税号,uscc,credit code,tax number'],
  ['title', '职务,职位,头衔,岗位,title,job title,position,contact title'],
  ['department', '部门,科室,department,division'],
  ['source', '来源,线索来源,客户来源,渠道来源,source,lead source'],
  ['channel', '渠道,广告渠道,channel,campaign'],
  ['description', '备注,说明,描述,备忘,remark,remarks,notes,note,comment,comments,description'],
  ['receivedAt', '入库时间,创建时间,录入时间,收到时间,received,created,created at,created on,date created,lead date'],
  ['signedAt', '成交时间,首单时间,签约时间,signed,first order'],
  ['lostReason', '输单原因,失败原因,丢单原因,lost reason,loss reason,reason lost'],
  ['probability', '概率,赢单率,赢单概率,成交概率,probability,win probability,chance'],
  ['grade', '等级,级别,分级,线索等级,grade,rating'],
  ['kind', '类型,类别,方式,type,kind'],
  ['summary', '主题,摘要,subject,summary'],
  ['occurredAt', '发生时间,跟进时间,拜访时间,date,when,activity date'],
  ['nextStep', '下一步,下次跟进内容,next step'],
  ['nextStepOn', '下次跟进,下次跟进时间,下一步日期,next step date,next follow-up,follow up on'],
  ['@people.id', '工号,员工编号,人员编号,id,user id,employee id,staff number'],
  ['@people.name', '员工,员工姓名,销售,销售员,sales agent,agent,rep,employee,person,last name'],
  ['team', '团队,部门,小组,team,department,group'],
  ['manager', '经理,主管,上级,直属上级,manager,supervisor,reports to,team lead'],
  ['parentTeam', '大区,区域,办事处,分公司,regional office,office,region,branch'],
  ['roles', '角色,role,roles'],
]

const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

const fieldsByWord = new Map<string, readonly string[]>()
for (const [fields, words] of lines) {
  for (const word of words.split(',')) {
    const key = bare(word)
    fieldsByWord.set(key, [...(fieldsByWord.get(key) ?? []), ...fields.split(' ')])
  }
}

/** Fields of the object that a column of this name is usually read into, best first. */
export function fieldsCalled(column: string, { name: object, field }: Pick<ObjectDefinition, 'name' | 'field'>): readonly string[] {
  const fields = (fieldsByWord.get(bare(column)) ?? []).map((name) =>
    name.startsWith(`${object}.`) ? name.slice(object.length + 1) : name,
  )
  return fields.filter((name) => field.has(name))
}

/** A column's or field's name as it is compared. `orderID`, `order_id` and `Order ID` are one. */
export const bareName = bare
