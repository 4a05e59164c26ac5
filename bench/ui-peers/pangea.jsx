import { DragDropContext, Draggable, Droppable } from '@hello-pangea/dnd'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { FixedSizeList } from 'react-window'
import { columns, sampleDeals } from '../ui/sample.ts'
import { scrollThrough } from '../ui/scroll.ts'
import { drawn, painted } from '../ui/start.ts'

const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })
const deals = sampleDeals(10_000)
const start = Object.fromEntries(columns.map((column) => [column, deals.filter(({ stage }) => stage === column)]))
const control = { move: () => undefined }

function Card({ provided, deal, style }) {
  return (
    <div
      ref={provided.innerRef}
      {...provided.draggableProps}
      {...provided.dragHandleProps}
      style={{ ...style, ...provided.draggableProps.style, height: 108, border: '1px solid #e6e9ec' }}
    >
      <b>{deal.customer}</b> <i>{deal.owner.charAt(0)}</i>
      <p>{deal.name}</p>
      <p>
        {money.format(deal.amount.minor / 100)} <span>{deal.closeDate}</span>
      </p>
      <p>{deal.owner}</p>
    </div>
  )
}

function Row({ data, index, style }) {
  const deal = data[index]
  return (
    <Draggable draggableId={deal.id} index={index}>
      {(provided) => <Card provided={provided} deal={deal} style={style} />}
    </Draggable>
  )
}

function Column({ name, cards }) {
  return (
    <section style={{ flex: '1 0 240px' }} data-column={name}>
      <h3>
        {name} {cards.length}
      </h3>
      <Droppable
        droppableId={name}
        mode="virtual"
        renderClone={(provided, _snapshot, rubric) => <Card provided={provided} deal={cards[rubric.source.index]} style={{}} />}
      >
        {(provided) => (
          <FixedSizeList height={700} itemCount={cards.length} itemSize={114} width={260} outerRef={provided.innerRef} itemData={cards}>
            {Row}
          </FixedSizeList>
        )}
      </Droppable>
    </section>
  )
}

function Board() {
  const [board, setBoard] = useState(start)
  control.move = () => {
    const [first, ...rest] = board.new
    setBoard({ ...board, new: rest, proposal: [first, ...board.proposal] })
  }
  return (
    <DragDropContext onDragEnd={() => undefined}>
      <div style={{ display: 'flex', gap: 8 }}>
        {columns.map((name) => (
          <Column key={name} name={name} cards={board[name]} />
        ))}
      </div>
    </DragDropContext>
  )
}

createRoot(document.body.appendChild(document.createElement('main'))).render(<Board />)
const look = () => (document.querySelectorAll('[data-rfd-draggable-id]').length >= 30 ? painted() : requestAnimationFrame(look))
requestAnimationFrame(look)

window.act = async (name) => {
  const body = document.querySelector('[data-column="new"] > div')
  if (name === 'move') control.move()
  else
    await scrollThrough(
      body,
      Array.from({ length: 90 }, (_, step) => (step + 1) * 400),
    )
  await drawn()
}
