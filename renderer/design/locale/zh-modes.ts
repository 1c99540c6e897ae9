/**
 * The Chinese words of consultation and field: drawing, the course of an incident, the area, the line.
 *
 * Owns: these words. Guarantees: D6. Refuses: names of places.
 */
export const zhModes = {
  modes: {
    consultation: '会商',
    field: '前指',
    toDuty: '返回值守',
    choose: '选择警情',
    none: '当前没有未结警情',
    brief: '打印简报',
    replay: '从头回看',
    course: '处置经过',
    sinceReport: (span: string) => `接报至今 ${span}`,
    lane: { status: '状态', report: '报警', force: '力量', task: '任务' },
    draw: {
      title: '图上标绘',
      shape: { point: '点', line: '线', area: '面' },
      measure: '测距',
      text: '说明',
      finish: '完成',
      less: '撤一点',
      cancel: '取消',
      erase: '擦除',
      hint: { point: '点按图上位置', line: '依次点按折点', area: '依次点按边界' },
      none: '尚无标绘',
      more: (n: number) => `另有 ${n} 处`,
    },
    area: { own: '本区域', around: '警情周边 2 km', all: '全区' },
    elsewhere: (n: string, unseen: string) => `区域外 ${n} 条，未确认 ${unseen}`,
    fires: (n: string) => `其中火警 ${n}`,
    elsewhereIncidents: (n: string) => `区域外警情 ${n}`,
    theme: { dark: '夜间', sunlight: '强光' },
    net: {
      title: '线路',
      carries: '线路承载',
      budget: '预算',
      noBudget: '不限',
      left: (kbit: string) => `视频可用 ${kbit}`,
      over: (kbit: string) => `超预算 ${kbit}，视频已停`,
      unknown: '未测得',
      only: '各源内容净量，近 5 秒',
    },
  },
} as const;
