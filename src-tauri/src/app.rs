//! The open records and the way to them. The only file that reads the clock and makes ids.

use practice::error::Result;
use practice::settings::Practice;
use practice::store::{Reader, Writer};
use practice::undo::{Deed, Target, Undoable};

use crate::door::{About, Standing};
use crate::failure::Answer;

/// Locked or open.
pub struct App {}

impl App {
    pub fn read<T>(&self, look: impl FnOnce(&Reader) -> Result<T>) -> Answer<T> {
        todo!()
    }
    pub fn write<T>(&self, act: impl FnOnce(&mut Writer) -> Result<T>) -> Answer<T> {
        todo!()
    }
    pub fn write_quietly<T>(&self, act: impl FnOnce(&mut Writer) -> Result<T>) -> Answer<T> {
        todo!()
    }
    pub fn change<T>(&self, deed: Deed, target: Target, act: impl FnOnce(&mut Writer) -> Result<T>) -> Answer<T> {
        todo!()
    }
    pub fn set_discreet(&self, on: bool) -> Answer<()> {
        todo!()
    }
    pub fn look(&self, on: bool) -> Answer<()> {
        todo!()
    }
    pub fn undoable(&self) -> Answer<Option<Undoable>> {
        todo!()
    }
    pub fn undo(&self) -> Answer<()> {
        todo!()
    }
    pub fn redo(&self) -> Answer<()> {
        todo!()
    }
    pub fn standing(&self) -> Answer<Standing> {
        todo!()
    }
    pub fn try_again(&self) -> Answer<Standing> {
        todo!()
    }
    pub fn set_up(&self, practice: &Practice) -> Answer<()> {
        todo!()
    }
    pub fn open_sample(&self) -> Answer<()> {
        todo!()
    }
    pub fn leave_sample(&self) -> Answer<Standing> {
        todo!()
    }
    pub fn about(&self) -> Answer<About> {
        todo!()
    }
    pub fn zones(&self) -> Answer<Vec<String>> {
        todo!()
    }
}
