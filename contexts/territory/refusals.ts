import { refusals } from '#kernel/refusal.ts'

/** Every expected "no" of this context. Those of status 422 also stand beside rows in an import's report. */
export const refuse = refusals('territory', {
  unreadableFile: {
    status: 400,
    zh: '文件无法读取（第 {line} 行）：请检查引号和列数',
    en: 'The file cannot be read at line {line}: check quotes and the number of columns',
  },
  columnMissing: { status: 400, zh: '文件缺少列“{column}”：请修改列对应关系', en: 'The file has no column "{column}": correct the column mapping' },
  notAFeatureCollection: { status: 400, zh: '文件不是 GeoJSON FeatureCollection', en: 'The file is not a GeoJSON FeatureCollection' },
  noCodeRule: {
    status: 400,
    zh: '没有编码字段时，须给出标识字段和上级字段以生成编码',
    en: 'Without a code property, name a key property and a parent to make codes from',
  },
  unknownArea: { status: 404, zh: '{on} 没有编码为 {code} 的区域', en: 'No area has the code {code} on {on}' },
  hasChildren: {
    status: 409,
    zh: '区域 {code} 在 {on} 仍有下级区域 {child}：请一并撤销',
    en: 'Area {code} still has the area {child} below it on {on}: retire both together',
  },
  endsTooEarly: {
    status: 422,
    zh: '区域 {code} 自 {from} 起有效，不能在 {on} 撤销',
    en: 'Area {code} has a version from {from} on and cannot end on {on}',
  },
  tilesWithoutPlace: {
    status: 422,
    zh: '瓦片地址须含有 {z}、{x}、{y} 三个占位',
    en: 'The address of tiles needs the places {z}, {x} and {y}',
  },
  tilesUnreadable: {
    status: 422,
    zh: '瓦片地址须以 http:// 或 https:// 加一个确定的主机名开头',
    en: 'The address of tiles begins with http:// or https:// and one host, written out',
  },
  zoomsTurned: { status: 422, zh: '最小级别不能大于最大级别', en: 'The least zoom cannot be above the greatest' },
  noDistrict: { status: 409, zh: '还没有开通任何区县', en: 'No district is open yet' },
  notPublic: { status: 404, zh: '没有可公开查询的区域 {code}', en: 'There is no public area {code}' },

  codeMissing: { status: 422, zh: '缺少编码', en: 'The code is missing' },
  codeDigits: { status: 422, zh: '编码“{code}”应为 4、6、9、12 或 15 位数字', en: 'The code "{code}" needs 4, 6, 9, 12 or 15 digits' },
  wrongLevel: { status: 422, zh: '编码 {code} 的位数不是层级“{level}”的位数', en: 'The code {code} does not have the digits of the level "{level}"' },
  notPrefix: {
    status: 422,
    zh: '编码 {code} 的上级须为上一层级且为其编码的前缀，{parent} 不是',
    en: 'The parent of {code} is the area one level up whose code begins it, which {parent} is not',
  },
  gridUnderStreet: {
    status: 422,
    zh: '网格 {code} 不能直接隶属 {parent}：网格必须属于一个社区',
    en: 'Grid {code} cannot lie directly under {parent}: a grid belongs to a community',
  },
  nameMissing: { status: 422, zh: '编码 {code} 缺少名称', en: 'The code {code} has no name' },
  nameConflict: { status: 422, zh: '编码 {code} 有两个名称：“{first}”和“{second}”', en: 'The code {code} has two names: "{first}" and "{second}"' },
  codeTwice: { status: 422, zh: '编码 {code} 在文件中出现两次', en: 'The code {code} stands twice in the file' },
  keyMissing: { status: 422, zh: '缺少标识', en: 'The key is missing' },
  keyTaken: { status: 422, zh: '标识“{key}”已属于区域 {code}', en: 'The key "{key}" already belongs to area {code}' },
  keyTwice: { status: 422, zh: '标识“{key}”在文件中出现两次', en: 'The key "{key}" stands twice in the file' },
  parentMissing: {
    status: 422,
    zh: '编码 {code} 的上级 {parent} 在该日不存在：请先导入上级',
    en: 'The parent {parent} of {code} does not exist on that day: import it first',
  },
  administeringParentMissing: {
    status: 422,
    zh: '编码 {code} 的管辖区域 {parent} 在该日不存在',
    en: 'The administering area {parent} of {code} does not exist on that day',
  },
  administeringParentLevel: {
    status: 422,
    zh: '编码 {code} 的管辖区域 {parent} 须与统计上级同级',
    en: 'The administering area {parent} of {code} must be of the same level as its statistical parent',
  },
  placeDigits: { status: 422, zh: '编码“{code}”应为 {digits} 位数字', en: 'The code "{code}" needs {digits} digits' },
  doorMissing: { status: 422, zh: '住房 {code} 缺少门牌号', en: 'The dwelling {code} has no door number' },
  valueUnknown: {
    status: 422,
    zh: '编码 {code} 的取值“{value}”无法识别：请更正，或在导入说明中写明其含义',
    en: 'The value "{value}" of {code} is not known: correct it, or say in the profile what it means',
  },
  endsBeforeFile: {
    status: 422,
    zh: '编码 {code} 的截止日 {validTo} 早于文件的生效日 {on}',
    en: '{code} ends on {validTo}, before the first day {on} of the file',
  },
  knownLater: {
    status: 422,
    zh: '编码 {code} 已有 {from} 起的记录，不能再导入更早的文件',
    en: '{code} is known from {from} on; an older file cannot come after it',
  },
  numbersUsedUp: { status: 422, zh: '{parent} 下的顺序号已用完', en: 'The numbers under {parent} are used up' },
  gridsSpoilt: { status: 422, zh: '{text}', en: '{textEn}' },
  gridNotHere: { status: 422, zh: '网格 {code} 不在社区 {community} 中', en: 'Grid {code} does not lie in community {community}' },
  gridTwice: { status: 422, zh: '网格 {code} 出现了两次', en: 'Grid {code} stands twice in the change' },
  dayPassed: { status: 422, zh: '生效日期 {day} 已过：请选今天或以后', en: 'The first day {day} has passed: choose today or later' },
  nothingDrawn: { status: 422, zh: '没有任何变更', en: 'Nothing was changed' },
  successorMissing: { status: 422, zh: '停用的网格 {code} 没有承接它的网格', en: 'The grid {code} that ends has no grid to take its place' },
  notAPolygon: { status: 422, zh: '边界须为 Polygon 或 MultiPolygon', en: 'The border must be a Polygon or MultiPolygon' },
  notCoordinates: {
    status: 422,
    zh: '边界含有无效坐标（应为经度、纬度，单位为度）',
    en: 'The border holds something that is not a longitude and latitude in degrees',
  },
  ringShort: { status: 422, zh: '边界的环少于四个点', en: 'A ring of the border has fewer than four points' },
  ringOpen: { status: 422, zh: '边界的环没有闭合', en: 'A ring of the border is not closed' },
  noSurface: { status: 422, zh: '边界没有面积', en: 'The border encloses nothing' },
})
