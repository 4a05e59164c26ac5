import { type CrmEvents, type CrmRecord, define } from '@guanxi/ui-components'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'

// Before the first render: React asks an element for its properties when it makes it.
define()

function Deals() {
  const [view, setView] = useState<'board' | 'list'>('board')
  const [open, setOpen] = useState<CrmRecord | null>(null)
  const onOpen = (event: CrmEvents['crm-open']) => setOpen(event.detail.record)
  const onSubmit = (event: CrmEvents['crm-submit']) => {
    if (!window.confirm('Save?')) event.preventDefault()
  }
  return (
    <main>
      <button type="button" onClick={() => setView(view === 'board' ? 'list' : 'board')}>
        {view === 'board' ? 'As a list' : 'As a board'}
      </button>
      {view === 'board' ? (
        <crm-board object="deal" openIn="none" oncrm-open={onOpen} />
      ) : (
        <crm-list object="deal" openIn="none" columns={['name', 'stageId', 'amount']} sort="-amount" oncrm-open={onOpen} />
      )}
      {open && <crm-form key={open.id} object="deal" recordId={open.id} oncrm-submit={onSubmit} oncrm-cancel={() => setOpen(null)} />}
    </main>
  )
}

const root = document.getElementById('root')
if (root) createRoot(root).render(<Deals />)
