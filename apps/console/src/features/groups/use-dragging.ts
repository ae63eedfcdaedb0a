import { createContext, type DragEvent, use, useState } from 'react'
import { type GroupMember, mayMoveInto } from '../../parts/entries/move-into-group.ts'

/** Where something was dropped: into a group, or into none. */
export interface Drop {
  readonly member: GroupMember
  readonly into: { readonly id: number; readonly name: string } | undefined
}

interface Dragging {
  readonly dragged: GroupMember | undefined
  drag(member: GroupMember | undefined): void
  drop(drop: Drop): void
}

const NOTHING: Dragging = { dragged: undefined, drag: () => undefined, drop: () => undefined }

export const DraggingContext = createContext(NOTHING)

export function useDragging(): Dragging {
  return use(DraggingContext)
}

/** Makes an element of the tree one that can be dragged. */
export function useDragSource(member: GroupMember) {
  const { drag } = useDragging()
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      // Firefox drags nothing that has no data.
      event.dataTransfer.setData('text/plain', member.name)
      event.dataTransfer.effectAllowed = 'move'
      drag(member)
    },
    onDragEnd: () => drag(undefined),
  }
}

/** Makes an element one that what is dragged can be dropped on, and tells while it is above. */
export function useDropTarget(into: Drop['into']) {
  const { dragged, drag, drop } = useDragging()
  const [isOver, setOver] = useState(false)
  const mayDrop = dragged !== undefined && mayMoveInto(dragged, into?.id)
  return {
    isOver: isOver && mayDrop,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!mayDrop) return
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        event.preventDefault()
        setOver(false)
        drag(undefined)
        if (mayDrop) drop({ member: dragged, into })
      },
    },
  }
}
