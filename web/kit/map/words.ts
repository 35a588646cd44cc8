import { texts } from '../text.ts'

/** Words of the map itself, loaded with it. */
export const mapWords = texts(
  {
    mapLabel: '地图',
    mapHelp: '方向键移动，加减号缩放',
    mapFailed: '底图没有读到，其余照常',
    tilesFailed: '区域边界没有读到，旁边的列表照常可用',
    zoomIn: '放大',
    zoomOut: '缩小',
    attribution: '© OpenStreetMap 贡献者，ODbL 许可',
    retry: '重试',
  },
  {
    mapLabel: 'Map',
    mapHelp: 'Arrow keys move, plus and minus zoom',
    mapFailed: 'The base map could not be read; the rest goes on',
    tilesFailed: 'The borders could not be read; the list beside works',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    attribution: '© OpenStreetMap contributors, ODbL',
    retry: 'Try again',
  },
)
